import { expect, test } from "vitest";
import { isDatabaseAway } from "./faults";

const withCode = (code: string) => Object.assign(new Error("failed"), { code });

test.each<[string, unknown, boolean]>([
  ["a refused connection", withCode("ECONNREFUSED"), true],
  ["a server that starts", withCode("57P03"), true],
  ["a full disk", withCode("53100"), true],
  [
    "a statement that nobody answered",
    new Error("Connection terminated: the database has not answered in time."),
    true,
  ],
  ["no connection in time", new Error("timeout exceeded when trying to connect"), true],
  [
    "a connection that was not made in time",
    new Error("Connection terminated due to connection timeout"),
    true,
  ],
  ["the event of Neon's WebSocket", { type: "error", target: {}, message: "" }, true],
  ["a cause", new Error("Failed query", { cause: withCode("08006") }), true],
  ["a cause that is an event", new Error("Failed query", { cause: { type: "error", target: {} } }), true],
  ["a value of the wrong kind", withCode("22P02"), false],
  ["a constraint", withCode("23505"), false],
  ["something else", new Error("x is not a function"), false],
])("%s", (_what, error, isAway) => {
  expect(isDatabaseAway(error)).toBe(isAway);
});
