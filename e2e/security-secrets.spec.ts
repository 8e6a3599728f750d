import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { DATABASES, type Database, makeDatabase, SECRETS } from "./support/database";
import { figure } from "./support/figures";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { callAction, signIn } from "./support/session";
import { created, type Json } from "./support/test";

const PLANTED = {
  "a bearer token": "planted-bearer-Q7vX2mZr9LkT",
  "a password": "planted-password-пароль-8fGh3",
  "a custom header": "planted-header-J4wN6sYc1BdE",
  "a signing secret": "whsec_cGxhbnRlZC1zaWduaW5nLXNlY3JldC0wMTIzNDU2Nw==",
  "a token that was replaced": "planted-replaced-U5aKpO0iRt",
  "a value that was refused": "planted-refused-\r\nH2bVnC7x",
};
const OF_THE_INSTALLATION = {
  "the session secret": SECRETS.NEXTAUTH_SECRET,
  "the encryption key": SECRETS.ENCRYPTION_KEY,
  "the admin's password": ACCESS.adminPassword,
  "the API token": ACCESS.apiToken,
  "the event key": ACCESS.eventKey,
};
const PAGES = ["", "webhooks", "webhooks/new", "logs", "orders", "overview", "help", "api/docs"].concat(
  ["users", "tokens", "alerts", "audit", "password", "second-factor", "sessions"].map(
    (page) => `settings/${page}`,
  ),
);

for (const name of DATABASES) {
  test(`${name}: planted secrets are in no answer, no error, no log line, no page and not in the raw database`, async () => {
    test.setTimeout(300_000);
    const database = await makeDatabase(name);
    const receiver = await startReceiver();
    // It sends back all that it was sent: in its headers, in its body, and as a place to go to.
    receiver.always((response, { headers, body }) => {
      const echo = JSON.stringify(headers);
      const location = `https://example.com/?q=${encodeURIComponent(String(headers.authorization ?? headers["x-api-key"]))}`;
      response.writeHead(302, { "x-echo": encodeURIComponent(echo), location }).end(`${echo}${body}`);
    });
    const product = await startProduct({
      dataDir: database.dataDir,
      env: { ...SECRETS, ...database.env, LOG_LEVEL: "trace" },
    });
    try {
      const seen = await exercise({ product, receiver });
      expect(receiver.requests.map(({ headers }) => headers.authorization)).toContain(
        `Bearer ${PLANTED["a bearer token"]}`,
      );
      const { cookie } = await signIn({ url: product.url });
      const pages = await readPages({ product, cookie, ids: seen.ids });
      expect(await product.stop()).toBe(0);
      const raw = rawDatabase(database);
      const places = { answers: seen.answers, log: product.output(), pages, "the raw database": raw };
      for (const [place, text] of Object.entries(places)) {
        expect(text.length, `${place} was read`).toBeGreaterThan(500);
        expectNone({ place, text, secrets: PLANTED });
        expectNone({ place, text, secrets: OF_THE_INSTALLATION });
      }
      expect(raw, "the search would find what is there").toContain("planted-user");
      const sizes = Object.entries(places).map(
        ([place, { length }]) => `${place} ${Math.ceil(length / 1024)} KiB`,
      );
      figure(
        `${name}, searched for ${Object.keys({ ...PLANTED, ...OF_THE_INSTALLATION }).length} secrets: ${sizes.join(", ")}`,
      );
    } finally {
      await product.kill();
      await receiver.close();
      await database.remove();
    }
  });
}

type Running = { product: Product; receiver: Receiver };

/** Goes once through everything that touches a secret, mistakes included; returns every answer as text. */
async function exercise({ product, receiver }: Running): Promise<{ answers: string; ids: number[] }> {
  const answers: string[] = [];
  const plain = createApi({ url: product.url, token: ACCESS.apiToken });
  const keep = <Answer extends { body: unknown; headers: Headers }>(answer: Answer): Answer => {
    answers.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
    return answer;
  };
  const create = async (fields: Json) => {
    const webhook = {
      name: "planted-user",
      webhook_url: receiver.url,
      retry_count: 1,
      retry_delay_seconds: 1,
      ...fields,
    };
    return created(keep(await plain.post("/outgoing-webhooks", webhook))).id;
  };
  const ids = [
    await create({ auth_type: "bearer", auth_token: PLANTED["a token that was replaced"] }),
    await create({ auth_type: "basic", auth_username: "planted-user", auth_password: PLANTED["a password"] }),
    await create({ auth_type: "custom", custom_headers: { "X-API-Key": PLANTED["a custom header"] } }),
    await create({ signing_secret: PLANTED["a signing secret"] }),
  ];
  keep(await plain.patch(`/outgoing-webhooks/${ids[0]}`, { auth_token: PLANTED["a bearer token"] }));
  for (const field of ["auth_token", "auth_password", "signing_secret", "planted"]) {
    const refused = { auth_type: "bearer", [field]: PLANTED["a value that was refused"] };
    keep(await plain.patch(`/outgoing-webhooks/${ids[0]}`, refused));
  }
  const badHeaders = {
    auth_type: "custom",
    custom_headers: { "X-Key": PLANTED["a value that was refused"] },
  };
  keep(await plain.patch(`/outgoing-webhooks/${ids[2]}`, badHeaders));
  keep(await plain.post("/outgoing-webhooks", `{"auth_token":"${PLANTED["a bearer token"]}",}`));
  for (const id of ids) keep(await plain.post(`/outgoing-webhooks/${id}/test`));

  await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: makeEvent() });
  const attempts = async () =>
    (await plain.get("/outgoing-webhook-logs?event_type=order.created")).body as Json[];
  await expect.poll(async () => (await attempts()).length, { timeout: 30_000 }).toBe(ids.length * 2);
  for (const { id } of await attempts()) keep(await plain.get(`/outgoing-webhook-logs/${id}`));
  for (const id of ids) keep(await plain.get(`/outgoing-webhooks/${id}`));
  for (const list of ["outgoing-webhooks", "outgoing-webhook-logs", "order-events", "openapi.json"]) {
    keep(await plain.get(`/${list}`));
  }
  const stranger = createApi({ url: product.url, token: `${ACCESS.apiToken}x` });
  keep(await stranger.get("/outgoing-webhooks"));
  keep(await sendEvents({ url: product.url, eventKey: `${ACCESS.eventKey}x`, events: makeEvent() }));
  return { answers: answers.join("\n"), ids };
}

type Reading = { product: Product; cookie: string; ids: number[] };

async function readPages({ product, cookie, ids }: Reading): Promise<string> {
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const attempts = (await api.get("/outgoing-webhook-logs")).body as { id: number }[];
  const paths = [
    ...PAGES,
    ...ids.flatMap((id) => [`webhooks/${id}`, `webhooks/${id}/edit`]),
    ...attempts.map(({ id }) => `logs/${id}`),
  ];
  const texts: string[] = [];
  for (const at of paths) {
    const answer = await fetch(`${product.url}/${at}`, { headers: { cookie } });
    expect(answer.status, at).toBe(200);
    expect(answer.url, `${at} is open to the admin`).not.toContain("sign-in");
    texts.push(await answer.text());
  }
  for (const id of ids) {
    const action = await callAction({
      url: product.url,
      cookie,
      name: "testWebhookAction",
      input: { webhookId: id },
    });
    texts.push(action.text);
  }
  return texts.join("\n");
}

/** PGlite's files byte for byte, or all that pg_dump writes of Postgres. */
function rawDatabase({ dataDir, env }: Database): string {
  if (!env.DATABASE_URL) {
    const folder = path.join(dataDir, "pglite");
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath ?? entry.path, entry.name)).toString("utf8"))
      .join("\n");
  }
  const dump = spawnSync("pg_dump", [env.DATABASE_URL], { maxBuffer: 1 << 30 });
  expect(dump.status, dump.stderr.toString()).toBe(0);
  return dump.stdout.toString("utf8");
}

type Search = { place: string; text: string; secrets: Record<string, string> };

// Also as a form or a header would carry it: the receiver sent its headers back in those forms.
function expectNone({ place, text, secrets }: Search): void {
  for (const [what, secret] of Object.entries(secrets)) {
    const core = secret.replace(/^whsec_/, "").replace(/^.*\n/s, "");
    const forms = [
      core,
      encodeURIComponent(core),
      JSON.stringify(core).slice(1, -1),
      base64(core),
      hex(core),
    ];
    for (const form of forms) {
      const at = text.indexOf(form);
      expect(at === -1 ? "" : text.slice(Math.max(0, at - 150), at + 150), `${what} is in ${place}`).toBe("");
    }
  }
  const credentials = base64(`planted-user:${PLANTED["a password"]}`);
  expect(text.includes(credentials), `Basic credentials are in ${place}`).toBe(false);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64").replace(/=+$/, "");
}

function hex(text: string): string {
  return Buffer.from(text).toString("hex");
}
