import { DrizzleQueryError } from "drizzle-orm";
import { closeDatabase, openDatabase } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { requireKeysOfAlertSecrets } from "@/lib/alerts/stored-secrets";
import { bootstrap, type FirstAdmin } from "@/lib/auth/bootstrap";
import { recallVisitors } from "@/lib/auth/recall-visitors";
import { requireKeysOfSecondFactors } from "@/lib/auth/second-factor/stored-keys";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { judgeOldRejections } from "@/lib/orders/judge-old-rejections";
import { closeAll } from "@/lib/outbound/connections";
import { secrets } from "@/lib/secrets";
import { requireKeysOfSecrets } from "@/lib/webhooks/require-keys";
import { isInngestConfigured, isInngestDev } from "./client";
import { startEngine, stopEngine } from "./engine";
import { sweepAll } from "./functions/sweep";
import { keepRegistered, stopRegistering } from "./registration";

const SWEEP_WITHIN_MS = 55_000;

const NEEDS_SESSIONS =
  "DATABASE_URL leads through a pooler in transaction mode, and the embedded engine needs sessions of its own (a lock " +
  "and LISTEN): give the database's direct address (Neon: without -pooler) or a pooler in session mode, or let " +
  "Inngest run the deliveries (INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY).";

/**
 * Opens and migrates the database, makes the first admin, starts the engine. A start that cannot succeed
 * prints one readable message and ends the process with exit code 1.
 */
export async function startProduct(): Promise<void> {
  try {
    const { DATABASE_URL, DATA_DIR } = env();
    secrets();
    const database = await openDatabase({ databaseUrl: DATABASE_URL, dataDir: DATA_DIR });
    if (database.hasTransactionPooler && !isInngestConfigured()) throw new Error(NEEDS_SESSIONS);
    await requireKeysOfSecrets();
    await requireKeysOfSecondFactors();
    await requireKeysOfAlertSecrets();
    announceFirstStart(await bootstrap());
    await recallVisitors();
    if (isInngestConfigured()) startOnInngest();
    else startEngine(database);
    // Nothing waits for it: until then their reasons are shown in English.
    judgeOldRejections().catch((error) =>
      logger.warn({ err: error }, "old rejections could not be judged; the next start does it"),
    );
    logger.info(
      { database: database.kind, engine: isInngestConfigured() ? "inngest" : "embedded" },
      "started",
    );
    if (isInngestDev()) {
      logger.warn("INNGEST_DEV is set: /api/inngest runs whatever it is sent. Never let strangers reach it.");
    }
  } catch (error) {
    process.stderr.write(`\niiko-webhooks cannot start.\n${describe(error)}\n`);
    process.exit(1);
  }
  // Called by scripts/start.mjs on SIGTERM and SIGINT, once the server accepts nothing more.
  processWide("stop", () => async () => {
    stopRegistering();
    await stopEngine();
    await closeAll();
    await closeDatabase();
  });
}

// Starts what the embedded engine, or an Inngest that is no more, had left; a sweep a minute goes on.
function startOnInngest(): void {
  keepRegistered({
    onLearned: () => {
      sweepAll({ signal: AbortSignal.timeout(SWEEP_WITHIN_MS) }).catch((error) =>
        logger.warn({ err: error }, "Inngest could not be told of what waits; a sweep does it"),
      );
    },
  });
}

function announceFirstStart(made: FirstAdmin | null): void {
  if (!made) return;
  const lines = [
    "  First start. What was made up is shown this once; keep it.",
    `    e-mail     ${made.adminEmail}`,
    made.adminPassword && `    password   ${made.adminPassword}`,
    made.apiToken && `    API token  ${made.apiToken}`,
  ];
  process.stdout.write(`\n${lines.filter(Boolean).join("\n")}\n\n`);
}

function describe(error: unknown): string {
  const lines: string[] = [];
  for (let cause = error; cause instanceof Error && lines.length < 5; cause = cause.cause) {
    // Its message is the statement.
    if (cause.message && !(cause instanceof DrizzleQueryError)) lines.push(cause.message);
  }
  return lines.join("\n") || String(error);
}
