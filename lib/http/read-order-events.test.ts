import { expect, test } from "vitest";
import { withOrderEvents } from "./read-order-events";

const MIB = 1024 * 1024;
// More than is parsed at once.
const FILLER = "x".repeat(MIB);

function requestOf(body: string, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/e/key", { method: "POST", body, headers });
}

function read(body: string, headers?: Record<string, string>): Promise<unknown[]> {
  return withOrderEvents({ request: requestOf(body, headers), isAnyType: true }, async (events) => [
    ...events,
  ]);
}

function largeList(...last: unknown[]): unknown[] {
  const events = Array.from({ length: 5 }, (_, n) => ({ id: `e-${n}`, name: "order.created", data: FILLER }));
  return [...events, ...last];
}

test("a large list is handed on event by event as a small one is, as often as it is asked for", async () => {
  const list = largeList({ name: "order.updated", data: { order: { note: 'a "],[" b' } } });
  const body = JSON.stringify(list, null, 1);
  await withOrderEvents({ request: requestOf(body), isAnyType: true }, async (events) => {
    expect([...events]).toEqual(list);
    expect([...events]).toEqual(list);
  });
});

test("the events of a large list without an id get the ids that their sender's seed gives", async () => {
  const seed = { "x-inngest-event-id-seed": "1743130137367,eii2YKXRVTJPuA==" };
  const small = await read(JSON.stringify([1, 2, 3, 4, 5, 6].map(() => ({ name: "order.updated" }))), seed);
  const large = await read(JSON.stringify(largeList({ name: "order.updated" })), seed);
  expect(large.at(-1)).toEqual(small.at(-1));
  expect(large[0]).toMatchObject({ id: "e-0" });
});

test.each<[string, string, object]>([
  ["an entry that is no event", JSON.stringify(largeList(7)), { code: "invalid", errors: [{ path: "5" }] }],
  [
    "a reserved name",
    JSON.stringify(largeList({ name: "inngest/x" })),
    { code: "invalid", errors: [{ path: "5" }] },
  ],
  ["an event over 3 MiB", JSON.stringify(largeList({ data: FILLER.repeat(4) })), { code: "too_large" }],
  ["no JSON", `${JSON.stringify(largeList()).slice(0, -1)},{]`, { code: "bad_request" }],
  ["more after the list", `${JSON.stringify(largeList())} []`, { code: "bad_request" }],
  ["one event over 3 MiB", JSON.stringify({ data: FILLER.repeat(5) }), { code: "too_large" }],
])("a large body with %s is refused whole", async (_what, body, refusal) => {
  await expect(read(body)).rejects.toMatchObject(refusal);
});
