import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/e2e/support/free-port";

export type PgBouncer = { url: string; stop: () => Promise<void> };

const PROGRAM = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"].find(existsSync);

export const HAS_PGBOUNCER = PROGRAM !== undefined;

/** A PgBouncer in transaction mode before the Postgres of `databaseUrl`; null where none is installed. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer | null> {
  if (!PROGRAM) return null;
  const url = new URL(databaseUrl);
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "iiko-webhooks-pgbouncer-"));
  const settings = path.join(folder, "pgbouncer.ini");
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${url.port} user=${url.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_client_conn = 200
`,
  );
  chmodSync(folder, 0o755);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ["-u", "postgres"] : [];
  const child = spawn(PROGRAM, [...user, settings], { stdio: "ignore" });
  const exited = once(child, "exit");
  process.once("exit", () => child.kill("SIGKILL"));
  await answers(port);
  url.port = String(port);
  return {
    url: url.href,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const socket = connect(port, "127.0.0.1");
    const isThere = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await sleep(100);
  }
  throw new Error("PgBouncer did not start.");
}
