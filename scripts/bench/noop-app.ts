import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchEvent, BenchProduct } from "./bench-product";
import type { Receiver } from "./receiver";

/** As much of a product as the measurements need. */
export type NoopApp = Pick<BenchProduct, "send" | "setWebhooks" | "totalSent"> & { stop: () => void };

/** Starts the app that does nothing but one request, and registers it with the Inngest dev server. */
export async function startNoopApp(options: { inngestUrl: string; receiver: Receiver }): Promise<NoopApp> {
  const { inngestUrl, receiver } = options;
  const app = fileURLToPath(new URL("noop-app.mjs", import.meta.url));
  const child = fork(app, [inngestUrl, `${receiver.url}/no-op`], { execArgv: [], silent: true });
  const [state] = await once(child, "message");
  if (state !== "registered") throw new Error(String(state));
  return {
    send: async (events) => {
      const messages = (events as BenchEvent[]).map(({ id }) => ({
        id,
        name: "bench/no-op.requested",
        data: { id },
      }));
      const body = JSON.stringify(messages);
      const answer = await fetch(`${inngestUrl}/e/bench`, { method: "POST", body });
      const answeredAt = performance.timeOrigin + performance.now();
      if (!answer.ok) throw new Error(`Inngest answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      return answeredAt;
    },
    setWebhooks: async () => {},
    totalSent: () => receiver.count(),
    stop: () => void child.kill(),
  };
}
