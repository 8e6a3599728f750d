import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { makePostgres, skipped } from "./support/database";
import { figure } from "./support/figures";
import { expectLogged, ledgerWebhook, missing } from "./support/ledger";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created } from "./support/test";

let disk: string | undefined;
let receiver: Receiver;
let product: Product | undefined;

test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(async () => {
  await product?.kill();
  await receiver?.close();
  if (disk) spawnSync("umount", ["-l", disk]);
  if (disk) rmSync(disk, { recursive: true, force: true });
  disk = undefined;
});

test("PGlite: a full disk is refused with 503 and a clear error, and what was accepted is delivered once there is room", async () => {
  disk = mountDisk("80m");
  const dataDir = path.join(disk, "data");
  product = await startProduct({ dataDir });
  const { accepted, refusal } = await fillDisk(product);
  expect(refusal).toMatchObject({ status: 503, body: { error: expect.stringMatching(/send them again/) } });
  enlarge(disk, "600m");
  await expectRecovery({ url: product.url, accepted });
  figure(`PGlite, disk full: ${accepted.size} accepted, the next answered 503, 0 lost after there was room`);
});

test("Postgres: a full disk is refused with 503 and a clear error, and what was accepted is delivered once there is room", async () => {
  disk = mountDisk("80m");
  const database = await makePostgres({
    parent: disk,
    initOptions: ["--wal-segsize=1"],
    settings: "-c max_connections=50 -c min_wal_size=2MB -c max_wal_size=16MB -c wal_init_zero=on",
  });
  try {
    product = await startProduct({ dataDir: database.dataDir, env: database.env });
    const { accepted, refusal } = await fillDisk(product);
    expect(refusal).toMatchObject({ status: 503, body: { error: expect.stringMatching(/send them again/) } });
    enlarge(disk, "600m");
    // A server that found no room for its write-ahead log has ended itself, as an operator's restart would find it.
    await database.postgres.resume().catch(() => undefined);
    await expectRecovery({ url: product.url, accepted });
    figure(
      `Postgres, disk full: ${accepted.size} accepted, the next answered 503, 0 lost after there was room`,
    );
  } finally {
    await product?.kill();
    await database.remove();
  }
});

type Answer = Awaited<ReturnType<typeof sendEvents>>;

/** Sends orders of 100 KiB each until one is refused. */
async function fillDisk({ url, output }: Product): Promise<{ accepted: Set<string>; refusal: Answer }> {
  const api = createApi({ url, token: ACCESS.apiToken });
  created(await api.post("/outgoing-webhooks", ledgerWebhook({ receiver, name: "a" })));
  const accepted = new Set<string>();
  for (;;) {
    // Text that does not compress, since Postgres would.
    const problem = Array.from({ length: 6_000 }, () => Math.random().toString(36)).join("");
    const event = makeEvent({ order: { problem } });
    const answer = await sendEvents({ url, eventKey: ACCESS.eventKey, events: event });
    if (answer.status !== 200) {
      await expect.poll(output, { message: "the log says why" }).toMatch(/No space left on device/);
      return { accepted, refusal: answer };
    }
    accepted.add(String(event.data.order.external_order_id));
    expect(accepted.size, "the disk fills up").toBeLessThan(3_000);
  }
}

async function expectRecovery({ url, accepted }: { url: string; accepted: Set<string> }): Promise<void> {
  const send = () => sendEvents({ url, eventKey: ACCESS.eventKey, events: makeEvent() });
  await expect.poll(async () => (await send()).status, { timeout: 60_000 }).toBe(200);
  await expect.poll(() => missing({ accepted, receiver, names: ["a"] }), { timeout: 60_000 }).toBe(0);
  await expectLogged({ url, accepted });
}

function mountDisk(size: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  if (status !== 0) throw skipped("only root can mount a small disk");
  chmodSync(folder, 0o755);
  return folder;
}

function enlarge(folder: string, size: string): void {
  spawnSync("mount", ["-o", `remount,size=${size}`, folder]);
}
