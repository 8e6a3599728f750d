import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { freePort } from "@/e2e/support/free-port";
import { signatureHeaders } from "@/lib/outbound/sign";
import { VERIFY_SAMPLES } from "./verify-samples";

const SECRET = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const BODY = '{"event":"order.created","order":{"customer_name":"Пётр О’Нил"}}';

const RUN: Record<string, (file: string, port: number) => string[]> = {
  Node: (file) => [process.execPath, file],
  Python: (file) => ["python3", file],
  PHP: (file, port) => ["php", "-S", `127.0.0.1:${port}`, file],
};

const folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-samples-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

for (const { language, file, code } of VERIFY_SAMPLES) {
  const command = RUN[language]?.(path.join(folder, file), 0)[0] ?? "";
  const isInstalled = spawnSync(command, ["--version"]).status === 0;
  test.skipIf(!isInstalled)(`the ${language} sample takes what is genuine and nothing else`, async () => {
    const url = await startSample({ language, file, code });
    const now = Math.floor(Date.now() / 1000);
    const signed = { deliveryId: "d-1", timestampSeconds: now, body: BODY, secrets: [SECRET] };
    const headers = signatureHeaders(signed);
    expect(await post({ url, headers })).toBe(200);
    expect(await post({ url, headers: signatureHeaders({ ...signed, secrets: [OTHER, SECRET] }) })).toBe(200);
    expect(await post({ url, headers: signatureHeaders({ ...signed, secrets: [OTHER] }) })).toBe(401);
    expect(await post({ url, headers, body: `${BODY} ` })).toBe(401);
    expect(await post({ url, headers: { ...headers, "webhook-id": "d-2" } })).toBe(401);
    for (const timestampSeconds of [now - 400, now + 400]) {
      expect(await post({ url, headers: signatureHeaders({ ...signed, timestampSeconds }) })).toBe(401);
    }
    expect(await post({ url, headers: { ...headers, "webhook-timestamp": "now" } })).toBe(401);
    expect(await post({ url, headers: { ...headers, "webhook-signature": "v1," } })).toBe(401);
    expect(await post({ url, headers: {} })).toBe(401);
  });
}

type Sample = { language: string; file: string; code: string };

async function startSample({ language, file, code }: Sample): Promise<string> {
  const port = await freePort();
  const target = path.join(folder, file);
  writeFileSync(target, code);
  const [program = "", ...args] = RUN[language]?.(target, port) ?? [];
  const child = spawn(program, args, {
    env: { ...process.env, WEBHOOK_SECRET: SECRET, PORT: String(port) },
    stdio: "ignore",
  });
  children.push(child);
  const ended = once(child, "exit").then(() => true);
  const url = `http://127.0.0.1:${port}/`;
  while (!(await fetch(url).catch(() => null))) {
    if (await Promise.race([ended, sleep(50, false)]))
      throw new Error(`The ${language} sample ended at once.`);
  }
  return url;
}

async function post({
  url,
  headers,
  body = BODY,
}: {
  url: string;
  headers: Record<string, string>;
  body?: string;
}): Promise<number> {
  return (await fetch(url, { method: "POST", headers, body })).status;
}
