import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";

/** A real Inngest server of a test's own. */
export type InngestServer = { url: string; kill: () => Promise<void>; restart: () => Promise<void> };

/** The program of an Inngest server, where the tests are told of one. */
export const INNGEST_BINARY = process.env.INNGEST_TEST_BINARY;

export const INNGEST_KEYS = {
  INNGEST_EVENT_KEY: "e2e-inngest-key",
  INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef",
};

// It looks for work every 10 ms instead of every 150.
const QUICK = ["--queue-workers", "500", "--tick", "10"];

type Options = {
  /** `dev` keeps nothing, `start` keeps what it has in SQLite below `folder`. */
  kind: "dev" | "start";
  folder: string;
  /** Of the functions that it calls; without it the product must register itself. */
  productUrl?: string;
  port?: number;
};

/** Starts INNGEST_TEST_BINARY on loopback, on a free port unless told otherwise, and waits until it answers. */
export async function startInngest({
  kind,
  folder,
  productUrl,
  ...options
}: Options): Promise<InngestServer> {
  const [free, gateway, gatewayGrpc, executorGrpc] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  const port = options.port ?? free;
  const app = productUrl ? ["-u", `${productUrl}/api/inngest`] : [];
  const own = kind === "dev" ? ["--no-discovery", "--no-poll", ...QUICK] : keyArguments(folder);
  const args = [
    ...[kind, ...app, "--host", "127.0.0.1", "-p", `${port}`, ...own],
    ...["--connect-gateway-port", `${gateway}`, "--connect-gateway-grpc-port", `${gatewayGrpc}`],
    ...["--connect-executor-grpc-port", `${executorGrpc}`],
  ];
  const url = `http://127.0.0.1:${port}`;
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(INNGEST_BINARY ?? "", args, { cwd: folder, stdio: "ignore" });
    while (!(await fetch(`${url}/health`).catch(() => null))?.ok) await sleep(100);
    return child;
  };
  let current = await start();
  process.once("exit", () => current.kill("SIGKILL"));
  const kill = async () => {
    const exited = once(current, "exit");
    current.kill("SIGKILL");
    await exited;
  };
  return {
    url,
    kill,
    restart: async () => {
      await kill();
      current = await start();
    },
  };
}

function keyArguments(folder: string): string[] {
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = INNGEST_KEYS;
  return [
    "--event-key",
    INNGEST_EVENT_KEY,
    "--signing-key",
    INNGEST_SIGNING_KEY,
    "--sqlite-dir",
    folder,
    "--poll-interval",
    "5",
  ];
}
