import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { MemoryLimit } from "@/scripts/test/memory-limit";
import { freePort } from "./free-port";

export type ProductOptions = {
  dataDir: string;
  port?: number;
  /** Added to, and winning over, the settings below. */
  env?: Record<string, string>;
  /** A limit of memory that it runs under from its start. */
  limit?: MemoryLimit;
};

export type Product = {
  url: string;
  pid: number;
  /** All that it has printed so far. */
  output: () => string;
  /** `kill -9`, and waits until the process is gone. */
  kill: () => Promise<void>;
  /** Stops gracefully as Ctrl-C does and returns the exit code. */
  stop: () => Promise<number | null>;
  /** Resolves with the exit code when the process ends by itself. */
  exited: Promise<number | null>;
};

export const ACCESS = {
  apiToken: "e2e-admin-token-0123456789abcdef",
  eventKey: "e2e-event-key",
  adminEmail: "admin@example.com",
  adminPassword: "correct horse battery staple",
};

const READY_WITHIN_MS = 120_000;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

// Nothing of the caller's shell or of an .env file may leak in: an empty value means «not set».
const CLEARED = [
  "DATABASE_URL APP_URL NEXTAUTH_URL NEXTAUTH_SECRET ENCRYPTION_KEY REQUIRE_HTTPS METRICS_TOKEN SMTP_URL",
  "IIKO_AUTH_TOKEN IIKO_UTC_OFFSET",
  "INNGEST_DEV INNGEST_BASE_URL INNGEST_EVENT_KEY INNGEST_SIGNING_KEY INNGEST_SERVE_ORIGIN",
  "ALERT_EMAIL_FROM ALERT_EMAIL_TO TELEGRAM_BOT_TOKEN TELEGRAM_CHAT_ID",
]
  .join(" ")
  .split(" ");

/**
 * Starts the production build (which must be made) as `npm start` does and waits until it is healthy.
 * Throws with its output when it ends before that. When this process dies, the product stops by itself.
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const product = await spawnProduct(options);
  const isReady = await Promise.race([waitUntilHealthy(product.url), product.exited.then(() => false)]);
  if (!isReady) {
    await product.kill();
    throw new Error(`The product did not start:\n${product.output()}`);
  }
  return product;
}

/** Starts it and does not wait: for starts that are expected to fail. */
export async function spawnProduct({ dataDir, port, env, limit }: ProductOptions): Promise<Product> {
  const chosenPort = port ?? (await freePort());
  const child = spawn(process.execPath, ["scripts/start.mjs", "--no-build"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...settings({ dataDir, port: chosenPort }), ...env },
  });
  if (child.pid !== undefined) limit?.add(child.pid);
  const printed: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const exited = once(child, "exit").then(([code]) => code as number | null);
  return {
    url: `http://127.0.0.1:${chosenPort}`,
    pid: child.pid ?? 0,
    output: () => printed.join(""),
    kill: () => end({ child, exited, how: () => child.kill("SIGKILL") }).then(() => undefined),
    stop: () => end({ child, exited, how: () => child.connected && child.disconnect() }),
    exited,
  };
}

function settings({ dataDir, port }: { dataDir: string; port: number }): Record<string, string> {
  return {
    ...Object.fromEntries(CLEARED.map((name) => [name, ""])),
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    LOG_LEVEL: "warn",
    EVENT_KEY: ACCESS.eventKey,
    ADMIN_EMAIL: ACCESS.adminEmail,
    ADMIN_PASSWORD: ACCESS.adminPassword,
    BOOTSTRAP_API_TOKEN: ACCESS.apiToken,
    OUTBOUND_ALLOW: "127.0.0.1",
  };
}

async function waitUntilHealthy(url: string): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const health = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) }).catch(
      () => null,
    );
    if (health?.ok) return true;
    await sleep(100);
  }
  return false;
}

type Ending = { child: ChildProcess; exited: Promise<number | null>; how: () => unknown };

async function end({ child, exited, how }: Ending): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) how();
  return exited;
}
