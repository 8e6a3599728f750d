import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Api, createApi, sendEvents, sendIikoMessages } from "@/e2e/support/api";
import { freePort } from "@/e2e/support/free-port";
import { type Product, startProduct } from "@/e2e/support/product";
import { compare } from "./demo/expectations";
import { ordersOfTheEvening, type Sending, type Step } from "./demo/orders";
import { printOutcomes } from "./demo/outcome-table";
import { printArrival, printSending } from "./demo/print";
import { type Arrival, startOutsideWorld } from "./demo/receive";
import { heading, paint, say } from "./demo/style";
import { exampleWebhooks, RECIPIENTS, type Recipient } from "./demo/webhooks";

/**
 * `npm run demo`: the product, the guide's three example webhooks, an outside world that answers, an evening's
 * orders. Stays up afterwards; with `--once` it exits, 0 when exactly what was expected arrived.
 */
const isOnce = process.argv.includes("--once");
const ACCESS = {
  adminEmail: "admin@example.com",
  adminPassword: "demo-password-515",
  apiToken: "demo-token-0123456789abcdef",
  eventKey: "demo-event-key",
};
const ARRIVE_WITHIN_MS = 45_000;
const PAUSE_BETWEEN_SENDINGS_MS = 300;

const cleanUps: (() => Promise<unknown>)[] = [];
let isStopping = false;

process.on("SIGINT", () => leave(0));
process.on("SIGTERM", () => leave(0));

try {
  await demo();
} catch (error) {
  say(`\n${paint("red", "✗")} ${error instanceof Error ? error.message : String(error)}`);
  await leave(1);
}

async function demo(): Promise<void> {
  build();
  const product = await start();
  const arrivals: Arrival[] = [];
  const world = await startOutsideWorld((arrival) => {
    arrivals.push(arrival);
    printArrival(arrival);
  });
  cleanUps.push(() => world.close());
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const ids = await createWebhooks({ api, receiverUrl: world.url });

  heading(
    "An evening's orders: → what iiko-base and iiko Cloud send, ✓ ✗ each request as the outside world gets it",
  );
  const sent = await sendAll({ product, api });
  const problems = await waitForAll({ sent, arrivals });
  await printOutcomes({ api, sent, ids });
  printVerdict({ problems, arrivals });
  if (isOnce) return leave(problems.length === 0 ? 0 : 1);
  printHowToGoOn({ product, receiverUrl: world.url });
}

function build(): void {
  const result = spawnSync(process.execPath, ["scripts/build.mjs", "--if-stale"], { stdio: "inherit" });
  if (result.status !== 0) process.exit(1);
}

async function start(): Promise<Product> {
  const wanted = Number(process.env.PORT) || undefined;
  const port = wanted ?? (await freePort(3000));
  const dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-demo-"));
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }));
  say(`Starting on port ${port}, embedded database in ${dataDir} (removed at the end) …`);
  const product = await startProduct({
    dataDir,
    port,
    env: {
      // Its passwords are known to all, so only this machine may reach it.
      HOST: process.env.HOST || "127.0.0.1",
      ADMIN_EMAIL: ACCESS.adminEmail,
      ADMIN_PASSWORD: ACCESS.adminPassword,
      BOOTSTRAP_API_TOKEN: ACCESS.apiToken,
      EVENT_KEY: ACCESS.eventKey,
      OUTBOUND_ALLOW: "127.0.0.1,::1,localhost",
    },
  });
  cleanUps.unshift(() => product.stop());
  void product.exited.then(() => isStopping || productDied(product));
  return product;
}

function productDied(product: Product): void {
  say(`\n${paint("red", "✗")} The product ended by itself:\n${product.output()}`);
  void leave(1);
}

async function createWebhooks({ api, receiverUrl }: { api: Api; receiverUrl: string }) {
  heading("The guide's three webhooks, created with POST /api/v1/outgoing-webhooks");
  const ids: Partial<Record<Recipient, number>> = {};
  const examples = exampleWebhooks(receiverUrl);
  for (const recipient of RECIPIENTS) {
    const { status, body } = await api.post("/outgoing-webhooks", examples[recipient]);
    if (status !== 201) throw new Error(`${recipient} was not created: ${status} ${JSON.stringify(body)}`);
    const webhook = body as Record<string, unknown>;
    ids[recipient] = Number(webhook.id);
    const filters = [webhook.filter_order_types, webhook.filter_statuses].filter(Boolean).flat().join(", ");
    const facts = [webhook.payload_format, `auth ${webhook.auth_type}`, filters && `only ${filters}`];
    say(`  #${webhook.id} ${String(webhook.name).padEnd(26)}${facts.filter(Boolean).join(" · ")}`);
  }
  return ids as Record<Recipient, number>;
}

async function sendAll({ product, api }: { product: Product; api: Api }): Promise<Sending[]> {
  const sent = new Map<string, Sending>();
  for (const step of ordersOfTheEvening(new Date())) {
    printSending({ step, eventKey: ACCESS.eventKey });
    await sendStep({ product, api, step });
    for (const sending of step.sendings) {
      if (!sent.has(sending.event.id)) sent.set(sending.event.id, sending);
    }
    await sleep(PAUSE_BETWEEN_SENDINGS_MS);
  }
  return [...sent.values()];
}

async function sendStep({ product, api, step }: { product: Product; api: Api; step: Step }): Promise<void> {
  const events = step.sendings.map((sending) => sending.event);
  const body = events.length === 1 ? events[0] : events;
  const answer =
    step.via === "iiko"
      ? await sendIikoMessages({ url: product.url, eventKey: ACCESS.eventKey, texts: iikoTexts(step) })
      : step.via === "intake"
        ? await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: body })
        : await api.post("/events", body);
  if (answer.status >= 300) {
    throw new Error(`The events were not accepted: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

function iikoTexts({ sendings }: Step): string[] {
  return sendings.flatMap(({ iikoText }) => iikoText ?? []);
}

async function waitForAll({ sent, arrivals }: { sent: Sending[]; arrivals: Arrival[] }): Promise<string[]> {
  const deadline = Date.now() + ARRIVE_WITHIN_MS;
  let problems = compare({ sent, arrivals });
  while (problems.length > 0 && Date.now() < deadline) {
    await sleep(100);
    problems = compare({ sent, arrivals });
  }
  // What should not come at all gets a moment to come.
  await sleep(1_000);
  return compare({ sent, arrivals });
}

function printVerdict({ problems, arrivals }: { problems: string[]; arrivals: Arrival[] }): void {
  const delivered = arrivals.filter((arrival) => arrival.status === 200).length;
  const summary = `${arrivals.length} requests, ${delivered} deliveries, ${arrivals.length - delivered} answered with an error and retried`;
  if (problems.length === 0) say(`\n${paint("green", "✓")} Exactly what was expected arrived: ${summary}.`);
  else say(`\n${paint("red", "✗")} Not what was expected (${summary}):`);
  for (const problem of problems) say(`  ${problem}`);
}

function printHowToGoOn({ product, receiverUrl }: { product: Product; receiverUrl: string }): void {
  heading("Look around; Ctrl-C stops everything");
  say(`  Sign in     ${product.url}`);
  say(`  E-mail      ${ACCESS.adminEmail}`);
  say(`  Password    ${ACCESS.adminPassword}`);
  say(`  API token   ${ACCESS.apiToken}     (REST: ${product.url}/api/docs)`);
  say(`  Event key   ${ACCESS.eventKey}`);
  say(`  Receiver    ${receiverUrl}/senler, /crm, /analytics`);
  heading("Try");
  say(`  curl -H 'Authorization: Bearer ${ACCESS.apiToken}' \\
    '${product.url}/api/v1/outgoing-webhook-logs?limit=5'`);
  say(`  curl -X POST ${product.url}/e/${ACCESS.eventKey} -H 'Content-Type: application/json' -d \\
    '{"name":"order.created","data":{"order":{"id":1,"status":"WaitCooking","order_type":"DELIVERY"}}}'`);
}

async function leave(code: number): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  for (const cleanUp of cleanUps) await cleanUp();
  process.exit(code);
}
