import { describe, expect, test } from "vitest";
import { readJson } from "./read-json";

type Sent = { body?: BodyInit | null; type?: string; coding?: string };

function requestOf({ body = "{}", type = "application/json", coding }: Sent): Request {
  const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
  if (coding !== undefined) headers["content-encoding"] = coding;
  return new Request("http://a.test", { method: "POST", headers, body, duplex: "half" } as RequestInit);
}

/** A body of unknown length, as with chunked transfer; tells how much of it was read. */
function stream(chunk: Uint8Array, count: number) {
  const read = { chunks: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (read.chunks >= count) return controller.close();
        read.chunks += 1;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, read };
}

describe("readJson", () => {
  test.each([
    ["application/json", '{"a":[1,"é"]}', { a: [1, "é"] }],
    ["application/json; charset=utf-8", "[]", []],
    ["APPLICATION/JSON", "1", 1],
    ["text/json", "1", 1],
    ["application/merge-patch+json", '"x"', "x"],
    ["application/json", "\ufeff{}", {}],
    ["application/json", `${"[".repeat(64)}${"]".repeat(64)}`, expect.any(Array)],
    ["application/json", `["${"[".repeat(100)}\\"${"{".repeat(100)}"]`, expect.any(Array)],
  ])("%s %s", async (type, body, value) => {
    expect(await readJson(requestOf({ body, type }))).toEqual(value);
  });

  test.each(["identity", ""])("Content-Encoding «%s» is none", async (coding) => {
    expect(await readJson(requestOf({ coding }))).toEqual({});
  });

  test("a body without a Content-Type is taken for JSON", async () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    expect(await readJson(requestOf({ body: bytes, type: "" }))).toEqual({ a: 1 });
  });

  test.each<[string, Sent, string, RegExp]>([
    ["text", { type: "text/plain" }, "unsupported_media_type", /text\/plain/],
    [
      "a form",
      { type: "application/x-www-form-urlencoded", body: "a=1" },
      "unsupported_media_type",
      /application\/json/,
    ],
    ["what is compressed", { coding: "gzip" }, "unsupported_media_type", /Content-Encoding: gzip/],
    ["nothing", { body: "" }, "bad_request", /empty/],
    ["spaces", { body: " \n" }, "bad_request", /empty/],
    ["a comma too many", { body: '{"a":1,}' }, "bad_request", /unexpected "}" at line 1, column 8/],
    ["bytes that are no UTF-8", { body: new Uint8Array([0x22, 0xff, 0x22]) }, "bad_request", /UTF-8/],
    ["65 levels", { body: `${"[".repeat(65)}${"]".repeat(65)}` }, "bad_request", /64 levels/],
    ["a million brackets", { body: "[".repeat(1_000_000) }, "bad_request", /64 levels/],
    ["more than 1 MiB", { body: `"${"x".repeat(1024 * 1024)}"` }, "too_large", /1 MiB/],
  ])("refuses %s", async (_what, sent, code, message) => {
    await expect(readJson(requestOf(sent))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test("reads a body of 2 MiB to its end, so that a sender that writes all of it hears the answer", async () => {
    const { body, read } = stream(new Uint8Array(64 * 1024).fill(0x20), 32);
    await expect(readJson(requestOf({ body }))).rejects.toMatchObject({ code: "too_large" });
    expect(read.chunks).toBe(32);
  });

  test("stops reading a body of unknown length 8 MiB above the limit", async () => {
    const { body, read } = stream(new Uint8Array(64 * 1024).fill(0x20), 10_000);
    await expect(readJson(requestOf({ body }))).rejects.toMatchObject({ code: "too_large" });
    expect(read.chunks).toBeLessThan(150);
  });

  test("a __proto__ key stays a key", async () => {
    const value = await readJson(requestOf({ body: '{"__proto__":{"isAdmin":true},"a":1,"a":2}' }));
    expect(Object.hasOwn(value as object, "__proto__")).toBe(true);
    expect((value as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(value).toMatchObject({ a: 2 });
  });
});
