import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { logger } from "@/lib/logger";
import { GET, POST } from "./route";

afterEach(() => vi.restoreAllMocks());

type Asked = { path: string; method?: string; type?: string; body?: string; cookie?: string };

function ask({
  path,
  method = "POST",
  type = "application/json",
  body,
  cookie = "",
}: Asked): Promise<Response> {
  const request = new NextRequest(`http://localhost:3000/api/auth/${path}`, {
    method,
    headers: { "content-type": type, cookie },
    ...(body === undefined ? {} : { body }),
  });
  const [route = ""] = path.split("?");
  return (method === "GET" ? GET : POST)(request, {
    params: Promise.resolve({ nextauth: route.split("/") }),
  });
}

test.each<[Asked, number]>([
  [{ path: "signin/credentials", body: "{bad" }, 400],
  [{ path: "callback/credentials", body: "" }, 400],
  [{ path: "callback/credentials", body: "null" }, 400],
  [{ path: "callback/credentials", body: "[1]" }, 400],
  [{ path: "signout", body: '{"csrfToken":{}}' }, 400],
  [{ path: "session?callbackUrl=:::", body: "{}" }, 400],
  [{ path: "session?callbackUrl=javascript:alert(1)", method: "GET" }, 400],
  [{ path: "session", method: "GET", cookie: "next-auth.callback-url=nowhere" }, 400],
  [{ path: "callback/credentials", method: "GET" }, 405],
  [{ path: "callback/credentials/more", body: "{}" }, 404],
])("%j is answered with %s", async (asked, status) => {
  const answer = await ask(asked);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
});

test("what a stranger reports as an error of the browser is not written down", async () => {
  const written = vi.spyOn(logger, "error");
  for (const body of ['{"level":"error","code":"STRANGER"}', '{"level":"nope"}', "{bad"]) {
    expect((await ask({ path: "_log", body })).status).toBe(204);
  }
  expect(written).not.toHaveBeenCalled();
});
