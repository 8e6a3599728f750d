import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const PAGE = readFileSync(path.join(ROOT, "docs/how-to-add.md"), "utf8");

// Beside the files that a new one needs: what reads the example for its meaning, and texts that tell of it.
const ELSEWHERE = ["lib/webhooks/starters.ts", "components/help/"];
// A message of iiko's own comes from «iiko_cloud» too.
const SENT_BY_IIKO = ["lib/orders/iiko", "lib/payloads/iiko-cloud-native.ts"];
// What an engine does with a field, and the page that tells of it, is not where the field stands.
const BEHAVIOUR = [
  "lib/deliveries/",
  "lib/payloads/",
  "lib/metrics/",
  "lib/alerts/",
  "db/queries/",
  "inngest/",
  "lib/webhooks/flow-after-edit.ts",
  "app/(panel)/webhooks/[webhookId]/health.tsx",
];

test.each<[string, RegExp, number, string[]]>([
  ["A field of the webhook", /give_up_after_minutes/, 8, [...ELSEWHERE, ...BEHAVIOUR]],
  ["An order event's name", /order[._]cancelled\b/, 9, [...ELSEWHERE, "lib/orders/"]],
  ["A payload format", /\biiko_cloud\b|\biikoCloudPayload\b/, 8, [...ELSEWHERE, ...SENT_BY_IIKO]],
])("«%s» names every file that spells it out, and few", (heading, spelled, most, elsewhere) => {
  const named = filesOf(heading);
  expect(named.filter((file) => !spelled.test(readFileSync(path.join(ROOT, file), "utf8")))).toEqual([]);
  // With the migration.
  expect(named.length + (named.includes("db/schema.ts") ? 1 : 0)).toBeLessThanOrEqual(most);
  const others = sources()
    .filter((file) => !named.includes(file) && !elsewhere.some((known) => file.startsWith(known)))
    .filter((file) => spelled.test(readFileSync(path.join(ROOT, file), "utf8")));
  expect(others).toEqual([]);
});

function filesOf(heading: string): string[] {
  const section = PAGE.split("\n## ").find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = ""]) => file);
}

/** The product's own files; tests and migrations aside. */
function sources(): string[] {
  const isOwn = (file: string) =>
    /\.(tsx?|json)$/.test(file) && !/\.test\.tsx?$|\/testing\/|^db\/migrations\//.test(file);
  return ["app", "components", "db", "inngest", "lib"]
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => isOwn(file) && statSync(path.join(ROOT, file)).isFile());
}
