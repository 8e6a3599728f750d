import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";
import { openDataDir } from "@/db/data-dir";
import { type Env, env } from "@/lib/env";

const Secrets = z.object({ NEXTAUTH_SECRET: z.string(), ENCRYPTION_KEY: z.string(), EVENT_KEY: z.string() });
export type Secrets = z.infer<typeof Secrets>;
type SecretName = keyof Secrets;

const MAKE: Record<SecretName, () => string> = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64url"),
  ENCRYPTION_KEY: () => randomBytes(32).toString("base64"),
  EVENT_KEY: () => randomBytes(18).toString("base64url"),
};
const HOW_TO_MAKE: Record<SecretName, string> = {
  NEXTAUTH_SECRET: "openssl rand -base64 32",
  ENCRYPTION_KEY: "openssl rand -base64 32",
  EVENT_KEY: "openssl rand -hex 18",
};

let loaded: Secrets | undefined;

/**
 * The installation's own secrets: from the environment, else, on the embedded database only, from
 * DATA_DIR/secrets.json (mode 600), made at the first start. With DATABASE_URL a missing one throws.
 */
export function secrets(): Secrets {
  loaded ??= loadSecrets(env());
  return loaded;
}

export function forgetSecrets(): void {
  loaded = undefined;
}

export function loadSecrets(from: Env): Secrets {
  const names = Object.keys(MAKE) as SecretName[];
  const missing = names.filter((name) => !from[name]);
  if (missing.length > 0 && from.DATABASE_URL) throw missingSecrets(missing);
  const kept = missing.length > 0 ? keptSecrets({ dataDir: from.DATA_DIR, names: missing }) : {};
  return Secrets.parse(Object.fromEntries(names.map((name) => [name, from[name] ?? kept[name]])));
}

function keptSecrets({ dataDir, names }: { dataDir: string; names: SecretName[] }): Partial<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const kept = existsSync(file) ? readSecrets(file) : {};
  const lacking = names.filter((name) => !kept[name]);
  if (lacking.length === 0) return kept;
  for (const name of lacking) kept[name] = MAKE[name]();
  openDataDir(dataDir);
  replaceFile({ file, text: `${JSON.stringify(kept, null, 2)}\n` });
  return kept;
}

function readSecrets(file: string): Partial<Secrets> {
  const text = readFileSync(file, "utf8");
  try {
    return Secrets.partial().parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${file} ${text.trim() === "" ? "is empty" : "is damaged"}: it must be a JSON object with ` +
        `${Object.keys(MAKE).join(", ")}. Put it back from a backup. Without one, remove it: new secrets are made, ` +
        "iiko-base needs the new EVENT_KEY, and every webhook its tokens, passwords and headers anew.",
    );
  }
}

// Whole or not at all, whatever happens meanwhile: what is lost here locks up the webhooks' secrets for good.
function replaceFile({ file, text }: { file: string; text: string }): void {
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  const opened = openSync(unfinished, "wx", 0o600);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(unfinished, file);
  flushFolder(path.dirname(file));
}

function flushFolder(folder: string): void {
  // Windows opens no folders.
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  fsyncSync(opened);
  closeSync(opened);
}

function missingSecrets(missing: SecretName[]): Error {
  const lines = missing.map((name) => `  ${name}=…   make one with: ${HOW_TO_MAKE[name]}`);
  return new Error(
    `With DATABASE_URL set, these must be given in the environment and kept the same at every start:\n${lines.join("\n")}`,
  );
}
