import { expect, test } from "vitest";
import { type Sortable, sortWebhooks, type WebhookOrder } from "./sort-webhooks";

const at = (minute: number) => new Date(Date.UTC(2026, 1, 11, 12, minute));
const WEBHOOKS: Sortable[] = [
  { id: 5, name: "Касса 10", state: "healthy", rate: 100, lastSentAt: at(1), waiting: 0 },
  { id: 4, name: "Касса 2", state: "failing", rate: 45, lastSentAt: at(3), waiting: 2 },
  { id: 3, name: "Аналитика", state: "off", rate: null, lastSentAt: null, waiting: 0 },
  { id: 2, name: "CRM", state: "down", rate: 99.5, lastSentAt: at(2), waiting: 40 },
  { id: 1, name: "Senler", state: "healthy", rate: 99.5, lastSentAt: at(0), waiting: 0 },
];

test.each<[by: WebhookOrder["by"], isReversed: boolean, ids: number[]]>([
  ["state", false, [2, 4, 5, 1, 3]],
  ["state", true, [3, 5, 1, 4, 2]],
  ["name", false, [3, 4, 5, 2, 1]],
  ["name", true, [1, 2, 5, 4, 3]],
  ["rate", false, [4, 2, 1, 5, 3]],
  ["rate", true, [5, 2, 1, 4, 3]],
  ["sent", false, [4, 2, 5, 1, 3]],
  ["sent", true, [1, 5, 2, 4, 3]],
  ["waiting", false, [2, 4, 5, 3, 1]],
  ["waiting", true, [5, 3, 1, 4, 2]],
])("by %s, reversed %s: %j", (by, isReversed, ids) => {
  expect(sortWebhooks(WEBHOOKS, { by, isReversed }).map(({ id }) => id)).toEqual(ids);
});
