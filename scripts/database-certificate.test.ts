import { execFile as execFileCallback } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { closeDatabase, openDatabase, rows } from "@/db/client";
import { makeCertificate } from "@/lib/outbound/testing/certificate";
import { findBinaries, startPostgres } from "./test/postgres";

const execFile = promisify(execFileCallback);
if (!findBinaries())
  console.warn("NOT TESTED: no Postgres is installed, so its certificates were not tried.");

describe.skipIf(!findBinaries())("a Postgres that encrypts with a certificate of its own", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-ssl-"));
  const files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
  const server = findBinaries() ? await startEncrypting(files) : null;
  const open = (query: string) => {
    const url = `${server?.url.replace("127.0.0.1", "localhost")}?${query}`;
    return openDatabase({ databaseUrl: url, dataDir: "unused" });
  };
  afterAll(async () => {
    await closeDatabase();
    server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([["sslmode=require"], [`sslmode=verify-full&sslrootcert=${encodeURIComponent(files.cert)}`]])(
    "it is taken with %s, as Postgres' own client does",
    async (query) => {
      await open(query);
      const [row] = await rows<{ ssl: boolean }>(
        sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`,
      );
      expect(row).toEqual({ ssl: true });
      await closeDatabase();
    },
  );

  test.each([["sslmode=verify-full"], ["sslmode=verify-full&sslrootcert=system"]])(
    "with %s the start ends with a sentence",
    async (query) => {
      await expect(open(query)).rejects.toThrow(/certificate of the server at localhost:\d+ is not trusted/);
    },
  );
});

async function startEncrypting({ cert, key }: { cert: string; key: string }) {
  const { key: keyText, cert: certText } = makeCertificate({ names: ["localhost"] });
  await writeFile(cert, certText);
  await writeFile(key, keyText, { mode: 0o600 });
  await chmod(path.dirname(cert), 0o755);
  // The server, which does not run as root, takes a key of its own user only.
  if (process.getuid?.() === 0) await execFile("chown", ["postgres", key]);
  return startPostgres({ settings: `-c ssl=on -c ssl_cert_file=${cert} -c ssl_key_file=${key}` });
}
