import { describe, expect, test } from "vitest";
import { AppError, fieldError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { problemOf } from "./problem";

const requestId = "r-1";
const words = (text: string) => refuse("other", { text });

async function answerTo(error: unknown) {
  const answer = problemOf({ error, requestId });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

describe("problemOf", () => {
  test.each([
    ["bad_request", 400],
    ["unauthorized", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["too_large", 413],
    ["unsupported_media_type", 415],
    ["invalid", 422],
    ["rate_limited", 429],
    ["unavailable", 503],
  ] as const)("%s → %i with its words", async (code, status) => {
    const answer = await answerTo(new AppError(code, words("Why not."), [fieldError("a", words("b"))], 7));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(answer.headers.get("www-authenticate")).toBe(code === "unauthorized" ? "Bearer" : null);
    expect(answer.body).toMatchObject({
      status,
      detail: "Why not.",
      request_id: requestId,
      title: expect.any(String),
    });
    expect(answer.body.errors).toEqual(code === "invalid" ? [{ path: "a", message: "b" }] : undefined);
  });

  test("a bug is told as 500 without its text, findable by the request's id", async () => {
    const answer = await answerTo(new Error("password=hunter2 at /srv/app.ts"));
    expect(answer).toMatchObject({ status: 500, body: { status: 500, request_id: requestId } });
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|app\.ts/);
    expect(answer.body.detail).toContain(requestId);
    expect((await answerTo("thrown text")).status).toBe(500);
  });

  test("a database that is away is told as 503, to be tried again", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.9:5432"), { code: "ECONNREFUSED" });
    const answer = await answerTo(new Error("Failed query: select 1", { cause: refused }));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(JSON.stringify(answer.body)).not.toMatch(/10\.0\.0\.9|select/);
  });
});
