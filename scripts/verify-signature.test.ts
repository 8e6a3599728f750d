import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { generateSigningSecret, signatureHeaders } from "@/lib/outbound/sign";

const GUIDE = readFileSync(path.join(import.meta.dirname, "../docs/verify-signature.md"), "utf8");
const folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads the cases from stdin as JSON and prints the list of answers as JSON. */
const RUNNERS: Record<string, { command: string[]; file: string; fence: string; ending: string }> = {
  Node: {
    command: ["node"],
    file: "verify.mjs",
    fence: "js",
    ending: `
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map((one) => isFromIikoWebhooks({ ...one, body: Buffer.from(one.body) }))));`,
  },
  Python: {
    command: ["python3"],
    file: "verify.py",
    fence: "python",
    ending: `
import json
import sys
cases = json.load(sys.stdin)
print(json.dumps([is_from_iiko_webhooks(c["secret"], c["headers"], c["body"].encode(), c["now"]) for c in cases]))`,
  },
  PHP: {
    command: ["php"],
    file: "verify.php",
    fence: "php",
    ending: `
$cases = json_decode(stream_get_contents(STDIN), true);
echo json_encode(array_map(fn($c) => isFromIikoWebhooks($c['secret'], $c['headers'], $c['body'], $c['now']), $cases));`,
  },
};

const SECRET = generateSigningSecret();
const OLD_SECRET = generateSigningSecret();
const NOW = 1_770_811_200;
const BODY = '{"customer":"Пётр \\"П\\"","sum":1520.50}';

function signed({ secrets = [SECRET], timestampSeconds = NOW, body = BODY } = {}) {
  return signatureHeaders({
    deliveryId: "01a20bf7-35d8-7b3d-933c-b0edbbd55560",
    timestampSeconds,
    body,
    secrets,
  });
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(signed()).filter(([other]) => other !== name));
}

type Given = { secret?: string; headers?: Record<string, string>; body?: string; now?: number };
const CASES: [string, Given, boolean][] = [
  ["signed by us", {}, true],
  ["signed by the old and the new secret", { headers: signed({ secrets: [OLD_SECRET, SECRET] }) }, true],
  ["an empty body", { headers: signed({ body: "" }), body: "" }, true],
  ["4 minutes old", { now: NOW + 240 }, true],
  ["another body", { body: BODY.replace("1520", "1521") }, false],
  ["another secret", { secret: OLD_SECRET }, false],
  ["6 minutes old", { now: NOW + 360 }, false],
  ["6 minutes early", { now: NOW - 360 }, false],
  ["another time", { headers: { ...signed(), "webhook-timestamp": String(NOW + 1) } }, false],
  ["another id", { headers: { ...signed(), "webhook-id": "01a20bf7-35d8-7b3d-933c-b0edbbd55561" } }, false],
  ["a time that is none", { headers: { ...signed(), "webhook-timestamp": "NaN" } }, false],
  ["another version", { headers: { ...signed(), "webhook-signature": "v2,AAAA" } }, false],
  ["an empty signature", { headers: { ...signed(), "webhook-signature": "v1," } }, false],
  ["no signature", { headers: without("webhook-signature") }, false],
  ["no id", { headers: without("webhook-id") }, false],
  ["no time", { headers: without("webhook-timestamp") }, false],
];

test.for(Object.entries(RUNNERS))(
  "the sample for %s takes what is ours and nothing else",
  ([language, runner], { skip }) => {
    const { command, file, fence, ending } = runner;
    const [program = ""] = command;
    if (spawnSync(program, ["--version"]).status !== 0) {
      console.warn(`NOT TESTED: ${program} is not installed, so the sample for ${language} did not run.`);
      skip(`${program} is not installed`);
    }
    const [, sample = ""] = new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
    expect(sample).not.toBe("");
    const script = path.join(folder, file);
    writeFileSync(script, sample + ending);
    const usual = { secret: SECRET, headers: signed(), body: BODY, now: NOW };
    const input = JSON.stringify(CASES.map(([, given]) => ({ ...usual, ...given })));
    const ran = spawnSync(program, [script], { input, encoding: "utf8" });
    expect(ran.status, ran.stderr).toBe(0);
    const answers = JSON.parse(ran.stdout) as boolean[];
    expect(CASES.map(([what], index) => [what, answers[index]])).toEqual(
      CASES.map(([what, , expected]) => [what, expected]),
    );
  },
);
