import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { DATABASES, makeDatabase } from "./support/database";
import { figure } from "./support/figures";
import { expectLogged, ledgerWebhook, missing } from "./support/ledger";
import { startLoad } from "./support/load";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

const SLOW_MS = 1_500;

for (const name of DATABASES) {
  test(`${name}: SIGTERM finishes the requests in flight, logs them, exits with 0 and nothing is sent twice`, async () => {
    const database = await makeDatabase(name);
    const receiver = await startReceiver();
    const start = () => startProduct({ dataDir: database.dataDir, env: database.env });
    let product = await start();
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      for (const webhook of ["slow", "quick"]) {
        created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: webhook })));
      }
      receiver.always((response, request) => {
        answer(200, { delayMs: request.path === "/slow" ? SLOW_MS : 0 })(response, request);
      });
      const load = startLoad({ url: () => product.url, senders: 3 });
      await load.acceptedBatches(10);
      await receiver.waitFor(100);
      process.kill(product.pid, "SIGTERM");
      const stopping = Date.now();
      expect(await product.exited).toBe(0);
      const stoppedAfterMs = Date.now() - stopping;
      await load.stop();
      expect(product.output()).not.toMatch(/did not stop cleanly/);

      receiver.always(answer(200));
      product = await start();
      const names = ["slow", "quick"];
      await expect
        .poll(() => missing({ accepted: load.accepted, receiver, names }), { timeout: 60_000 })
        .toBe(0);
      await expectLogged({ url: product.url, accepted: load.accepted });
      const after = makeEvent();
      await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: after });
      await expect.poll(() => missing({ accepted: new Set([externalId(after)]), receiver, names })).toBe(0);
      // What was refused while stopping may have been kept or not; what was accepted came once.
      const sent = receiver.requests.map(({ path, body }) => `${path} ${body}`);
      expect(sent.length - new Set(sent).size, "requests repeated").toBe(0);
      figure(`${name}, SIGTERM under load: exit 0 after ${stoppedAfterMs} ms, 0 lost, 0 requests repeated`);
    } finally {
      await product.kill();
      await receiver.close();
      await database.remove();
    }
  });
}

function externalId({ data }: ReturnType<typeof makeEvent>): string {
  return String(data.order.external_order_id);
}
