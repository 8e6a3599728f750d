import { expect, test } from "vitest";
import { answerLimited } from "./answer-limited";

function refused(error: string): Response {
  const url = `http://127.0.0.1/sign-in?${new URLSearchParams({ error })}`;
  return Response.json({ url }, { status: 401, headers: { "set-cookie": "a=b" } });
}

test("a limit is answered with 429 and Retry-After, with the body that the page reads", async () => {
  const answer = await answerLimited(refused("rate_limited 840"));
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("840");
  expect(answer.headers.get("set-cookie")).toBe("a=b");
  expect(await answer.json()).toMatchObject({ url: expect.stringContaining("rate_limited") });
});

test("any other refusal stays as it is", async () => {
  const given = refused("unauthorized");
  expect(await answerLimited(given)).toBe(given);
});
