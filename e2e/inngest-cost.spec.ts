import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makeDatabase } from "./support/database";
import { register } from "./support/engine";
import { figure } from "./support/figures";
import { freePort } from "./support/free-port";
import { INNGEST_BINARY, startInngest } from "./support/inngest-server";
import { startCountingProxy } from "./support/loopback-proxy";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { created } from "./support/test";

type Scene = {
  webhooks: number;
  failures?: number;
  withUnwanted?: boolean;
  events?: number;
  executions: number;
};
type Run = { id: string; status: string; function: { name: string } };
type Span = { stepID: string | null; stepOp: string | null };

// docs/engines.md says the same; a run is an execution, and so is each step in it.
const SCENES: Record<string, Scene> = {
  "one webhook, delivered at once": { webhooks: 1, executions: 1 },
  "one webhook, one retry": { webhooks: 1, failures: 1, executions: 2 },
  "one webhook, beside an event that nobody wants": { webhooks: 1, withUnwanted: true, executions: 1 },
  "five webhooks, delivered at once": { webhooks: 5, executions: 5 },
  "five webhooks, one retry each": { webhooks: 5, failures: 5, executions: 10 },
  "five webhooks, beside an event that nobody wants": { webhooks: 5, withUnwanted: true, executions: 5 },
  "as many events in one request as a new webhook may have requests at once": {
    webhooks: 1,
    events: 8,
    executions: 8,
  },
};

test("a delivery costs one execution and one call each way, and one more of both for each retry", async () => {
  test.skip(!INNGEST_BINARY, "INNGEST_TEST_BINARY names no program");
  const [database, port, inngestPort] = [await makeDatabase("PGlite"), await freePort(), await freePort()];
  const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-inngest-"));
  const [receiver, toProduct, toInngest] = await Promise.all([
    startReceiver(),
    startCountingProxy(port),
    startCountingProxy(inngestPort),
  ]);
  const inngest = await startInngest({ kind: "dev", folder, port: inngestPort });
  const env = { ...database.env, INNGEST_DEV: toInngest.url };
  const product = await startProduct({ dataDir: database.dataDir, port, env });
  try {
    await register({ url: toProduct.url });
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    for (const [name, scene] of Object.entries(SCENES)) {
      const { webhooks, failures = 0, withUnwanted = false, events: count = 1, executions } = scene;
      // Each execution is one call of Inngest, and one call to it hands all of a request over.
      const cost = { executions, callsOfInngest: executions, callsToInngest: 1 };
      const { body } = await api.get("/outgoing-webhooks");
      for (const { id } of body as { id: number }[])
        await api.put(`/outgoing-webhooks/${id}`, { is_active: false });
      for (let number = 1; number <= webhooks; number += 1) {
        const fields = { name: `${name} ${number}`, webhook_url: receiver.url, retry_delay_seconds: 1 };
        created(await api.post("/outgoing-webhooks", fields));
      }
      receiver.script(...Array.from({ length: failures }, () => answer(500)));
      const requests = receiver.requests.length + webhooks * count + failures;
      toProduct.calls.length = 0;
      toInngest.calls.length = 0;
      const since = new Date();
      const events = Array.from({ length: count }, () => makeEvent());
      if (withUnwanted) events.unshift(makeEvent({ name: "order.cancelled" }));
      await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      await receiver.waitFor(requests);
      await expect
        .poll(
          async () => ({
            executions: await countExecutions(inngest.url, since),
            callsOfInngest: toProduct.calls.filter((call) => !call.includes("scheduled-work")).length,
            callsToInngest: toInngest.calls.length,
          }),
          name,
        )
        .toEqual(cost);
      figure(`${name}: ${JSON.stringify(cost)}`);
    }
  } finally {
    await product.kill();
    await inngest.kill();
    toProduct.close();
    toInngest.close();
    await receiver.close();
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  }
});

/** By the server's own list of runs; -1 while one of them goes on. */
async function countExecutions(inngestUrl: string, since: Date): Promise<number> {
  const listed = await ask<{ runs: { edges: { node: Run }[] } }>(inngestUrl, {
    query: `query($from: Time!) {
      runs(first: 100, orderBy: [{field: QUEUED_AT, direction: ASC}], filter: {from: $from}) {
        edges { node { id status function { name } } } } }`,
    variables: { from: since.toISOString() },
  });
  const runs = listed.runs.edges
    .map(({ node }) => node)
    .filter((run) => run.function.name !== "scheduled-work");
  if (runs.some(({ status }) => status !== "COMPLETED")) return -1;
  const steps = await Promise.all(runs.map(({ id }) => countSteps(inngestUrl, id)));
  return runs.length + steps.reduce((sum, count) => sum + count, 0);
}

async function countSteps(inngestUrl: string, id: string): Promise<number> {
  const { run } = await ask<{ run: { trace: { childrenSpans: Span[] | null } | null } }>(inngestUrl, {
    query: "query($id: String!) { run(runID: $id) { trace { childrenSpans { stepID stepOp } } } }",
    variables: { id },
  });
  // What is no step, but the function's own end, has no operation.
  return (run.trace?.childrenSpans ?? []).filter(({ stepID, stepOp }) => stepID && stepOp).length;
}

async function ask<Answer>(inngestUrl: string, question: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const options = { method: "POST", headers, body: JSON.stringify(question) };
  const { data, errors } = (await (await fetch(`${inngestUrl}/v0/gql`, options)).json()) as {
    data: Answer;
    errors?: object[];
  };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
