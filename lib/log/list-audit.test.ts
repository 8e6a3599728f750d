import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { listAudit } from "./list-audit";

const admin: Actor = { kind: "user", id: 1, name: "anna@example.com", role: "admin" };
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("pages through every row once, newest first", async () => {
  for (let id = 1; id <= 120; id += 1) {
    await recordAudit(db(), {
      actor: admin,
      action: "webhook.update",
      subject: { kind: "webhook", id, name: "CRM" },
    });
  }
  const seen: string[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await listAudit(before === undefined ? { actor: admin } : { actor: admin, before });
    seen.push(...page.rows.map((row) => row.subject_id));
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => String(120 - index)));
});

test("a row is undone with the mutation that it tells of", async () => {
  const failing = db().transaction(async (tx) => {
    await recordAudit(tx, { actor: admin, action: "webhook.delete", subject: { kind: "webhook", id: 7 } });
    throw new Error("undone");
  });
  await expect(failing).rejects.toThrow("undone");
  const { rows } = await listAudit({ actor: admin });
  expect(rows.some((row) => row.action === "webhook.delete")).toBe(false);
});

test("a manager may not read it", async () => {
  await expect(listAudit({ actor: { ...admin, role: "manager" } })).rejects.toMatchObject({
    code: "forbidden",
  });
});
