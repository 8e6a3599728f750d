import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@/e2e/support/free-port";
import { run } from "./run";

export type TestPostgres = {
  url: string;
  /** The folder of its files and its log. */
  folder: string;
  /** Breaks every connection and ends the server, as a crash of its machine does; the files stay. */
  halt: () => Promise<void>;
  /** Starts it again on the same port over the same files, and waits until it takes connections. */
  resume: () => Promise<void>;
  /** Ends it for good and removes its files. */
  stop: () => void;
};

type Options = {
  /** Where its folder is made; the system's temporary folder unless given. */
  parent?: string;
  /** Server settings as `-c name=value`; the default loses commits in a crash of its own, and is fast. */
  settings?: string;
  initOptions?: string[];
};

// A server for tests only: what it loses in a power cut is made anew.
const SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100";

/** A throwaway server made from an installed Postgres, on a free port of loopback; null where none is installed. */
export async function startPostgres({
  parent = tmpdir(),
  settings = SETTINGS,
  initOptions = [],
}: Options = {}): Promise<TestPostgres | null> {
  const bin = findBinaries();
  if (!bin) return null;
  const asUser = ordinaryUser();
  const folder = mkdtempSync(path.join(parent, "iiko-webhooks-postgres-"));
  if (asUser.name) {
    chmodSync(folder, 0o755);
    await must(["chown", asUser.name, folder]);
  }
  const data = path.join(folder, "data");
  const port = await freePort();
  const pgCtl = (...args: string[]) => [...asUser.prefix, path.join(bin, "pg_ctl"), "-D", data, ...args];
  await must([
    ...asUser.prefix,
    ...[path.join(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"],
    ...["--locale=C", ...initOptions],
  ]);
  const options = `-h 127.0.0.1 -p ${port} -k ${folder} ${settings}`;
  const resume = () => must(pgCtl("-l", path.join(folder, "log"), "-o", options, "-w", "start"));
  await resume();
  const stop = () => {
    const [program = "", ...args] = pgCtl("-m", "immediate", "-w", "stop");
    if (existsSync(data)) spawnSync(program, args);
    rmSync(folder, { recursive: true, force: true });
  };
  // Ctrl-C ends the tests, not the server: it must not stay behind.
  process.once("exit", stop);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder,
    halt: () => must(pgCtl("-m", "immediate", "-w", "stop")),
    resume,
    stop,
  };
}

async function must(command: string[]): Promise<void> {
  const { isOk, output } = await run({ command, quiet: true });
  if (!isOk) throw new Error(`${command.join(" ")} failed:\n${output}`);
}

/** The folder of an installed Postgres; null where none is installed. */
export function findBinaries(): string | null {
  const folders = [
    ...(process.env.PATH ?? "").split(path.delimiter),
    ...versionsIn("/usr/lib/postgresql").map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...versionsIn("/Library/PostgreSQL").map((version) => `/Library/PostgreSQL/${version}/bin`),
    ...["/opt/homebrew/opt", "/usr/local/opt", "/usr/local"].flatMap((folder) =>
      versionsIn(folder)
        .filter((name) => name.startsWith("postgresql") || name === "pgsql")
        .map((name) => `${folder}/${name}/bin`),
    ),
  ];
  const has = (folder: string, name: string) => existsSync(path.join(folder, name));
  return folders.find((folder) => has(folder, "pg_ctl") && has(folder, "initdb")) ?? null;
}

function versionsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort().reverse() : [];
}

// Postgres refuses to run as root.
function ordinaryUser(): { name: string | null; prefix: string[] } {
  if (process.getuid?.() !== 0) return { name: null, prefix: [] };
  const name = existsSync("/var/lib/postgresql") ? "postgres" : "nobody";
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find(existsSync);
  if (setpriv)
    return { name, prefix: [setpriv, `--reuid=${name}`, `--regid=${groupOf(name)}`, "--clear-groups"] };
  return { name, prefix: ["runuser", "-u", name, "--"] };
}

function groupOf(name: string): string {
  return name === "nobody" && existsSync("/etc/debian_version") ? "nogroup" : name;
}
