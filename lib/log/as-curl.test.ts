import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { asCurl, MAX_CURL_BODY } from "./as-curl";

const request = {
  method: "POST",
  headers: { "content-type": "application/json", authorization: "***", "content-length": "3" },
};

test("a shell passes on every byte of the body, whatever stands in it", () => {
  const body = `{"name":"О'Нил; $(touch /tmp/x) \`id\` \\\\ \\n","a":"'\\''"}\n`;
  const command = asCurl({ ...request, url: "http://127.0.0.1/a?b='$(id)'", body });
  const args = execFileSync("sh", ["-c", command.replace(/^curl/, "printf '%s\\0'")], { encoding: "utf8" });
  expect(args.split("\0")).toEqual([
    ...["-X", "POST", "http://127.0.0.1/a?b='$(id)'"],
    ...["-H", "content-type: application/json", "-H", "authorization: ***"],
    ...["--data-raw", body, ""],
  ]);
});

test.each([null, "x".repeat(MAX_CURL_BODY + 1)])(
  "a body that is hidden or too long comes from a file",
  (body) => {
    expect(asCurl({ ...request, url: "https://crm.example/hook", body })).toMatch(
      /--data-binary @body\.json$/,
    );
  },
);
