import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openApiDocument } from "@/lib/openapi/document";
import { SCHEMAS } from "@/lib/openapi/schemas";
import { COUNTED_FIELDS, INPUT_FIELDS } from "@/lib/webhooks/fields";
import { OPERATIONS } from "./operations/operations";
import { apiAs } from "./testing/api";

type Json = Record<string, unknown>;
const document = openApiDocument(OPERATIONS);

test("no route stands beside the operations but the document itself", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  const routes = files.filter((file) => path.basename(file) === "route.ts");
  expect(routes.sort()).toEqual(["[[...path]]/route.ts", "openapi.json/route.ts"]);
});

test("describes every operation, each path and method once", () => {
  const described = Object.entries(document.paths).flatMap(([at, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${at}`),
  );
  expect(described.sort()).toEqual(
    OPERATIONS.map((operation) => `${operation.method} ${operation.path}`).sort(),
  );
});

test.each(Object.entries(document.paths))(
  "%s is described with just the methods it takes",
  async (name, item) => {
    const nobody = await apiAs(null);
    const answer = await nobody("OPTIONS", name.slice(1));
    const described = Object.keys(item).map((method) => method.toUpperCase());
    expect([...described, "OPTIONS"].sort()).toEqual(answer.headers.get("allow")?.split(", ").sort());
  },
);

test("every reference leads somewhere, and every operation has its own id", () => {
  const names = new Set(Object.keys(document.components.schemas));
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(references.filter((name) => !names.has(name ?? ""))).toEqual([]);
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
});

test.each(OPERATIONS.map((operation): [string, (typeof OPERATIONS)[number]] => [operation.id, operation]))(
  "the examples of %s fit their schemas",
  (_id, { body, answer }) => {
    if (body) expect(SCHEMAS[body.schema].safeParse(body.example).error).toBeUndefined();
    const shown = (answer.isPage ? answer.example : [answer.example]) as unknown[];
    for (const example of shown) expect(SCHEMAS[answer.schema].safeParse(example).error).toBeUndefined();
  },
);

test("a webhook's fields are all there, the ranges and defaults with them", () => {
  const { WebhookCreate, WebhookPatch } = document.components.schemas as Record<string, Json>;
  const properties = WebhookCreate?.properties as Record<string, Json>;
  expect(Object.keys(properties).sort()).toEqual([...INPUT_FIELDS, ...COUNTED_FIELDS].sort());
  expect(properties.retry_count).toMatchObject({ type: "integer", minimum: 0, maximum: 10, default: 3 });
  expect(properties.timeout_seconds).toMatchObject({ minimum: 5, maximum: 300, default: 30 });
  expect(properties.send_on_order_cancelled).toMatchObject({ default: false });
  expect(WebhookCreate?.required).toEqual(["name", "webhook_url"]);
  expect(WebhookPatch?.required).toBeUndefined();
});

test("an order's items nest by reference", () => {
  const list = { type: ["array", "null"], items: { $ref: "#/components/schemas/OrderItem" } };
  expect(document.components.schemas.Order).toMatchObject({ properties: { items: list } });
  expect(document.components.schemas.OrderItem).toMatchObject({ properties: { modifiers: list } });
});
