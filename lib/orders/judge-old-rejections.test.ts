import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { selectOrderEvents } from "@/db/queries/order-events";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { judgeOldRejections } from "./judge-old-rejections";
import { prepareOrderEvent } from "./prepare-order-event";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const order = { id: "x", status: "", total_amount: "12,5", items: {} };

const REJECTED: [raw: unknown, russian: string][] = [
  [
    { name: "order.created", data: { order } },
    'data.order.id: нужно целое число, а здесь "x"; data.order.status: нужен статус, а здесь ""; ' +
      'data.order.total_amount: нужно целое число копеек, а здесь "12,5"; и ещё 1',
  ],
  [null, "событие заказа должно быть JSON-объектом"],
  [{ id: {}, name: "order.created" }, "id: нужен текст, а здесь object"],
  [{ id: "x".repeat(201) }, "id: допустимо не больше 200 символов, а здесь 201"],
  [{ ts: "now" }, 'ts: нужно число миллисекунд с 1970 года, а здесь "now"'],
  [{ name: "order.created" }, "data: нужен объект, а здесь ничего"],
  [
    { name: "order.created", data: { order: { id: 1, status: 5 } } },
    "data.order.status: нужен текст, а здесь number",
  ],
];

test("old rejections are told in Russian, once; what the rules no longer say stays as it was stored", async () => {
  const english = REJECTED.map(([raw]) => keepAsText(raw));
  const said = await Promise.all(english);
  await keep({ reason: "this was said otherwise once", data: "{}" });
  expect(await judgeOldRejections()).toBe(REJECTED.length + 1);
  expect(await judgeOldRejections()).toBe(0);

  const kept = (await selectOrderEvents({ filter: {}, limit: 100 })).map(({ refusals }) => refusals ?? []);
  const texts = (locale: "en" | "ru") => kept.map((refusals) => refusalsText(refusals, locale)).sort();
  const odd = "this was said otherwise once";
  expect(texts("en")).toEqual([...said, odd].sort());
  expect(texts("ru")).toEqual([...REJECTED.map(([, russian]) => russian), odd].sort());
});

async function keepAsText(raw: unknown): Promise<string> {
  const { row } = prepareOrderEvent(raw);
  const reason = refusalsText(row.refusals ?? []);
  await keep({ reason, data: row.data });
  return reason;
}

async function keep({ reason, data }: { reason: string; data: string }): Promise<void> {
  await rows(sql`
    insert into order_events (id, name, data, state, reason)
    values (gen_random_uuid()::text, 'order.created', ${data}, 'rejected', ${reason})`);
}
