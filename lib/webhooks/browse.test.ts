import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { outgoingWebhooks } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { getOverview } from "@/lib/log/get-overview";
import { browseWebhooks } from "./browse";
import { listWebhookChoices } from "./list-choices";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await addMany();
});
afterAll(() => database.close());

const COUNT = 3000;

async function addMany(): Promise<void> {
  const values = Array.from({ length: COUNT }, (_, index) => ({
    name: `Касса ${index + 1}`,
    webhook_url: `https://crm-${index + 1}.example/bot123:SECRET/send`,
    payload_format: "custom",
    is_active: index % 3 !== 0,
  }));
  await db().insert(outgoingWebhooks).values(values);
}

test("three thousand webhooks come a page at a time, each once, the newest of equals first", async () => {
  const seen: number[] = [];
  for (let page = 1, hasNextPage = true; hasNextPage; page += 1) {
    const browsed = await browseWebhooks({ actor: SYSTEM_ACTOR, search: "", page, limit: 500 });
    expect(browsed.webhooks.length).toBeLessThanOrEqual(500);
    expect(browsed.counts).toEqual({ all: COUNT, active: 2000, inactive: 1000 });
    seen.push(...browsed.webhooks.map(({ webhook }) => webhook.id));
    hasNextPage = browsed.hasNextPage;
  }
  expect(seen).toHaveLength(COUNT);
  const newestFirst = [...new Set(seen)].sort((a, b) => b - a);
  const isOff = (id: number) => id % 3 === 1;
  expect(seen).toEqual([...newestFirst.filter((id) => !isOff(id)), ...newestFirst.filter(isOff)]);

  const { choices, more } = await listWebhookChoices({ actor: SYSTEM_ACTOR, chosenId: 1, limit: 100 });
  expect([choices.length, choices.at(-1)?.id, more]).toEqual([101, 1, 2899]);

  const overview = await getOverview({ actor: SYSTEM_ACTOR, period: "day", timeZone: "UTC" });
  expect([overview.webhooks.length, overview.webhookCount]).toEqual([50, COUNT]);
});

test.each<[search: string, isActive: boolean | undefined, role: Role, found: number]>([
  ["кАССА 1498", undefined, "viewer", 1],
  ["кАССА 1498", false, "viewer", 1],
  ["кАССА 1498", true, "viewer", 0],
  ["  crm-2999.example ", undefined, "viewer", 1],
  ["bot123:secret", undefined, "manager", 50],
  ["bot123:secret", undefined, "operator", 0],
  ["%", undefined, "manager", 0],
])("finds by «%s», active %s, as %s: %i", async (search, isActive, role, found) => {
  const page = await browseWebhooks({ actor: { ...SYSTEM_ACTOR, role }, search, isActive, limit: 50 });
  expect(page.webhooks).toHaveLength(found);
});
