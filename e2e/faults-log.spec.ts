import { createRequire } from "node:module";
import { expect, test } from "@playwright/test";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makePostgres } from "./support/database";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { signIn } from "./support/session";
import { created } from "./support/test";

const { Client } = createRequire(import.meta.url)("pg") as typeof import("pg");

const PHONE = "79990001122";
const SECRET = "mark-of-a-secret";

// What is done to the database, and what undoes it.
const FAULTS: [string, string, string][] = [
  [
    "a check that no order passes",
    "alter table order_events add constraint marked check (customer_phone is null) not valid",
    "alter table order_events drop constraint marked",
  ],
  [
    "a number that is used already",
    "create unique index marked on order_events ((1)) where customer_phone is not null",
    "drop index marked",
  ],
  [
    "a value that must not be null",
    "alter table order_events add column marked int not null default 1; alter table order_events alter marked drop default",
    "alter table order_events drop column marked",
  ],
  [
    "a column that is gone",
    "alter table order_events rename readable_number to gone",
    "alter table order_events rename gone to readable_number",
  ],
  [
    "a table that is gone",
    "alter table order_events rename to gone",
    "alter table gone rename to order_events",
  ],
  [
    "a trigger that quotes the row",
    `create function marked() returns trigger language plpgsql as $$ begin raise exception 'no: %', new; end $$;
     create trigger marked before insert on order_events for each row execute function marked()`,
    "drop trigger marked on order_events; drop function marked",
  ],
  [
    "a trigger that reads a phone as a number",
    `create function marked() returns trigger language plpgsql as $$ begin perform ('x' || new.customer_phone)::int; return new; end $$;
     create trigger marked before insert on order_events for each row execute function marked()`,
    "drop trigger marked on order_events; drop function marked",
  ],
  [
    "a webhook that cannot be stored",
    "alter table outgoing_webhooks add constraint marked check (webhook_url not like '%mark%') not valid",
    "alter table outgoing_webhooks drop constraint marked",
  ],
  [
    "webhooks that are gone",
    "alter table outgoing_webhooks rename to gone",
    "alter table gone rename to outgoing_webhooks",
  ],
  [
    "attempts that cannot be logged",
    "alter table outgoing_webhook_logs add constraint marked check (request_url is null) not valid",
    "alter table outgoing_webhook_logs drop constraint marked",
  ],
];

test("a database that fails in ten ways: neither a customer's number nor a webhook's secret comes into the log", async () => {
  test.setTimeout(300_000);
  const database = await makePostgres();
  const receiver = await startReceiver();
  const product = await startProduct({
    dataDir: database.dataDir,
    env: { ...database.env, LOG_LEVEL: "debug" },
  });
  const admin = new Client({ connectionString: database.env.DATABASE_URL });
  await admin.connect();
  try {
    const api = createApi({ url: product.url, token: ACCESS.apiToken });
    const webhook = () => ({
      name: "CRM",
      webhook_url: `${receiver.url}/hook?api_key=${SECRET}`,
      auth_type: "bearer",
      auth_token: SECRET,
    });
    created(await api.post("/outgoing-webhooks", webhook()));
    const { cookie } = await signIn({ url: product.url });
    const order = { customer_phone: `+${PHONE}` };
    const use = async () => {
      await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: makeEvent({ order }) }).catch(
        () => {},
      );
      await api.post("/outgoing-webhooks", webhook());
      await api.get(`/order-events?order_external_id=${PHONE}`);
      for (const page of ["/webhooks", `/orders?q=${PHONE}`, `/logs?order_external_id=${PHONE}`]) {
        await fetch(`${product.url}${page}`, { headers: { cookie } }).then((answer) => answer.text());
      }
    };
    await use();
    for (const [what, spoil, mend] of FAULTS) {
      const before = product.output().length;
      await admin.query(spoil);
      await use();
      await expect
        .poll(() => product.output().slice(before), { message: what, timeout: 60_000 })
        .toMatch(/"level":(50|40)/);
      await admin.query(mend);
    }
    await use();
    const log = product.output();
    expect(log).not.toContain(PHONE);
    expect(log).not.toContain(SECRET);
    expect(log, "and still tells what failed").toMatch(/check constraint.*"code":"23514"/);
  } finally {
    await admin.end();
    await product.kill();
    await receiver.close();
    await database.remove();
  }
});
