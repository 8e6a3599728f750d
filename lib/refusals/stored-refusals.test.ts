import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertAttempts } from "@/db/queries/attempts";
import { selectDeliveriesOf } from "@/db/queries/delivery-history";
import { selectAttempt } from "@/db/queries/logs";
import { selectEventDeliveries, selectOrderEvent } from "@/db/queries/order-events";
import { insertResends } from "@/db/queries/resends";
import { deliveries, outgoingWebhookLogs } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { LOCALES } from "@/lib/i18n/locales";
import { storableText } from "@/lib/text";
import { uuid7 } from "@/lib/uuid";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { EN } from "./en";
import { mapRefusal } from "./map-refusal";
import { refusalText } from "./refusal-text";
import type { RefusalCode, RefusalParam } from "./refuse";

let database: TestDatabase;
let webhookId: number;
beforeAll(async () => {
  database = await openTestDatabase();
  webhookId = await makeWebhook();
});
afterAll(() => database.close());

const CODES = Object.keys(EN) as RefusalCode[];

/** A refusal of each code, with whatever a receiver may say among its parameters. */
const refusals = fc.tuple(...CODES.map((code) => refusalOf(code)));

function refusalOf(code: RefusalCode) {
  const names = [...EN[code].matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const text = fc.string({ unit: "binary" }).map(storableText);
  const inner = fc.record({ code: fc.constantFrom(...CODES), fault: text });
  const param: fc.Arbitrary<RefusalParam> = fc.oneof(text, fc.integer(), inner);
  return fc
    .record(Object.fromEntries(names.map((name) => [name, param])))
    .map((params) => ({ code, ...params }));
}

test("every refusal has words in both languages and comes back from the database as it was", async () => {
  await fc.assert(
    fc.asyncProperty(refusals, async (given) => {
      await db().delete(outgoingWebhookLogs);
      await db().delete(deliveries);
      await insertAttempts(
        given.map((fault) =>
          recordedAttempt({ webhook_id: webhookId, delivery_id: null, success: false, fault }),
        ),
        1,
      );
      const resend = { event_id: "e", webhook_id: webhookId, body: "", state: "failed" };
      await insertResends(
        db(),
        given.map((refusal) => ({ ...resend, id: uuid7(), refusal })),
      );
      const faults = (await db().select().from(outgoingWebhookLogs)).map(({ fault }) => fault);
      const reasons = (await db().select().from(deliveries)).map(({ refusal }) => refusal);
      expect(new Set(faults.map(text))).toEqual(new Set(given.map(text)));
      expect(new Set(reasons.map(text))).toEqual(new Set(given.map(text)));
      for (const refusal of given) {
        const params: unknown[] = Object.values(refusal).filter((param) => typeof param !== "object");
        for (const param of params.slice(1)) expect(refusalText(refusal)).toContain(String(param));
        for (const locale of LOCALES) expect(refusalText(refusal, locale)).not.toContain("undefined");
      }
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test("what a replica of the version before wrote as English text alone is shown as it is", async () => {
  await database.empty();
  const said = { code: "other", text: "crm.example said no" };
  await rows(
    sql`insert into outgoing_webhooks (id, name, webhook_url, payload_format) values (1, 'CRM', 'x', 'custom')`,
  );
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers, duration_ms,
      success, error_message) values (1, 'order.created', 1, 'x', '{}', 5, false, ${said.text})`);
  await rows(sql`
    insert into order_events (id, name, data, state, reason) values ('e', 'order.created', '{}', 'rejected', ${said.text})`);
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, state, reason, body)
    values (${uuid7()}::uuid, 'e', 1, 'failed', ${said.text}, '')`);
  expect((await selectAttempt(1))?.fault).toEqual(said);
  expect((await selectOrderEvent("e"))?.refusals).toEqual([said]);
  expect((await selectEventDeliveries("e")).map(({ refusal }) => refusal)).toEqual([said]);
  expect((await selectDeliveriesOf({ eventIds: ["e"] })).map(({ refusal }) => refusal)).toEqual([said]);
});

test("what changes a refusal's texts changes those of the refusals in it, and nothing else", () => {
  const fault = { code: "fault_network", host: "a", detail: "b" };
  const refusal = { code: "attempts_failed", attempts: 3, fault };
  expect(mapRefusal(refusal, (said) => `<${said}>`)).toEqual({
    code: "attempts_failed",
    attempts: 3,
    fault: { code: "fault_network", host: "<a>", detail: "<b>" },
  });
});

function text(stored: unknown): string {
  return JSON.stringify(stored);
}
