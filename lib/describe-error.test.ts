import { DrizzleQueryError } from "drizzle-orm/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanText, describeError } from "./describe-error";
import { quietConsole } from "./quiet-console";

const PHONE = "+79990001122";
const SECRET = "mark-of-a-secret";

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

const postgres = (code: string, message: string) =>
  Object.assign(new Error(message), {
    severity: "ERROR",
    code,
    detail: `Failing row contains (1, ${PHONE}).`,
    where: `unnamed portal parameter $1 = '${PHONE}'`,
    parameters: [PHONE],
  });

const ERRORS: [string, unknown][] = [
  [
    "Drizzle's, with parameters",
    new DrizzleQueryError("insert into x", [PHONE, `a\n  b ${SECRET}`], postgres("23514", "check")),
  ],
  ["a row that Postgres shows", postgres("23505", "duplicate key value violates unique constraint")],
  ["a value that Postgres quotes", postgres("22P02", `invalid input syntax for type integer: "${PHONE}"`)],
  ["what a trigger raised", postgres("P0001", `no ${PHONE} here`)],
  ["a URL that is none", caught(() => new URL(`//${SECRET}?phone=${PHONE}`))],
  [
    "a URL in a message",
    new Error(`connect to https://user:${SECRET}@crm.example/bot${SECRET}?phone=${PHONE} failed`),
  ],
  ["JSON that is none", caught(() => JSON.parse(`{"phone": ${PHONE}, "${SECRET}"`))],
  ["fields of its own", Object.assign(new Error("failed"), { body: PHONE, headers: { token: SECRET } })],
  ["a cause's cause", new Error("a", { cause: new Error("b", { cause: postgres("22001", PHONE) }) })],
  ["what is no error", { type: "error", target: { url: SECRET }, phone: PHONE }],
];

test.each(ERRORS)("an error in the log holds no data: %s", (_what, error) => {
  const text = JSON.stringify(describeError(error));
  expect(text).not.toContain(PHONE);
  expect(text).not.toContain(SECRET);
});

describe("on the console, where others print them", () => {
  const printed: unknown[] = [];
  const { error: original } = console;
  beforeAll(() => {
    console.error = (...given) => printed.push(...given);
    quietConsole();
  });
  afterAll(() => {
    console.error = original;
  });

  test.each(ERRORS.filter(([, error]) => error instanceof Error))(
    "it holds none either: %s",
    (_what, error) => {
      const text = error instanceof DrizzleQueryError ? error.stack : "";
      console.error(" ⨯", error, { nested: { error }, text });
      expect(printed.length).toBeGreaterThanOrEqual(3);
      expect(JSON.stringify(printed)).not.toContain(PHONE);
      expect(JSON.stringify(printed)).not.toContain(SECRET);
    },
  );
});

test("what helps stays: kind, code, statement, place and cause", () => {
  const cause = postgres("23514", 'new row for relation "orders" violates check constraint "known"');
  const error = describeError(new DrizzleQueryError("select 1 from orders where x = $1", [PHONE], cause));
  expect(error).toMatchObject({
    type: "DrizzleQueryError",
    message: "Failed query: select 1 from orders where x = $1",
    stack: expect.stringMatching(/^\s+at /),
    cause: { code: "23514", message: expect.stringContaining('check constraint "known"') },
  });
});

test.each([
  ["connect ECONNREFUSED 10.0.0.1:443", "connect ECONNREFUSED 10.0.0.1:443"],
  ["ready at http://localhost:3000", "ready at http://localhost:3000"],
  ["https://a:b@crm.example/x?k=v failed", "https://crm.example/… failed"],
])("%s is told as %s", (text, told) => {
  expect(cleanText(text)).toBe(told);
});
