import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { selectEventPerOrganization, selectSeenCodes } from "@/db/queries/names";
import { auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { listNames } from "./list";
import { nameOf } from "./names";
import { NewName, saveNames } from "./save";
import { listSeenNames } from "./seen";

const CENTRE = "550e8400-e29b-41d4-a716-446655440000";
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

async function addEvents(orders: Record<string, unknown>[]): Promise<void> {
  const events = orders.map((order, index) => ({
    id: `event-${index}-${order.id}`,
    data: JSON.stringify({ order: { status: "OnWay", ...order } }),
    status: String(order.status ?? "OnWay"),
  }));
  await rows(sql`
    insert into order_events (id, name, data, state, order_status)
    select id, 'order.updated', data, 'accepted', status
    from json_to_recordset(${JSON.stringify(events)}::json) as x(id text, data text, status text)`);
}

test("what orders bring is offered for a name, an organization with what the order calls it", async () => {
  await addEvents([
    { id: 1, organization_id: CENTRE, restaurant_name: "Старая вывеска" },
    { id: 2, organization_id: `{${CENTRE.toUpperCase()}}`, restaurant_name: "Центр \\ «Лето»" },
    { id: 3, organization_id: "org-7", order_type: "Catering", status: "OnHold" },
    { id: 4, organization_id: "constructor", order_type: "DeliveryByCourier", status: "COOKING_STARTED" },
  ]);
  expect(await listSeenNames({ actor: actorAs("viewer") })).toEqual([
    { kind: "organization", key: "constructor", name: null, suggestion: null },
    { kind: "organization", key: "org-7", name: null, suggestion: null },
    { kind: "organization", key: CENTRE, name: null, suggestion: "Центр \\ «Лето»" },
    { kind: "order_type", key: "Catering", name: null, suggestion: null },
    { kind: "status", key: "OnHold", name: null, suggestion: null },
  ]);
});

test("a name is the same for every spelling of an organization's id, stays, changes and goes", async () => {
  const save = (key: string, name: string) =>
    saveNames({ actor: actorAs("manager"), names: [{ kind: "organization", key, name }] });
  await save(`{${CENTRE.toUpperCase()}}`, "Центр");
  const names = await listNames({ actor: actorAs("viewer") });
  expect(nameOf({ names, kind: "organization", code: CENTRE.replaceAll("-", "") })).toBe("Центр");
  expect(nameOf({ names, kind: "organization", code: "constructor" })).toBeNull();
  // Without any order of it: it is known by its name.
  expect(await listSeenNames({ actor: actorAs("viewer") })).toMatchObject([{ key: CENTRE, name: "Центр" }]);
  await save(CENTRE, "Центральный");
  await save(CENTRE, "Центральный");
  await save(CENTRE, "");
  expect(await listSeenNames({ actor: actorAs("viewer") })).toEqual([]);
  expect(await db().select().from(auditLog).orderBy(auditLog.id)).toMatchObject([
    {
      action: "name.save",
      subject_kind: "organization",
      subject_id: CENTRE,
      changes: { name: { from: null, to: "Центр" } },
    },
    { changes: { name: { from: "Центр", to: "Центральный" } } },
    { changes: { name: { from: "Центральный", to: null } } },
  ]);
});

test("an operator may not name anything, and nobody with an invisible character", async () => {
  const names = [{ kind: "status" as const, key: "OnHold", name: "Отложен" }];
  await expect(saveNames({ actor: actorAs("operator"), names })).rejects.toMatchObject({ code: "forbidden" });
  expect(NewName.safeParse({ ...names[0], name: "a\u200bb" }).success).toBe(false);
  expect(NewName.safeParse({ ...names[0], kind: "webhook" }).success).toBe(false);
});

test("however many events there are, only the newest are read", async () => {
  await addEvents(
    Array.from({ length: 60 }, (_, id) => ({ id, organization_id: `org-${id % 3}`, status: `S${id % 4}` })),
  );
  await addEvents([{ id: 99, organization_id: "huge", restaurant_name: "x".repeat(3_000) }]);
  const newest = { events: 2, maxBytes: 2_000 };
  expect(await selectEventPerOrganization(newest)).toHaveLength(1);
  expect(await selectSeenCodes(newest)).toEqual([{ kind: "status", key: "S3" }]);
});
