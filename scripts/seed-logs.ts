import nextEnv from "@next/env";
import { sql } from "drizzle-orm";
import { closeDatabase, openDatabase, rows } from "@/db/client";
import { env } from "@/lib/env";
import { ATTEMPTS_PER_EVENT, seedAttempts } from "./seed/attempts";
import { seedEvents } from "./seed/events";
import { seedStatistics } from "./seed/statistics";
import { seedWebhooks } from "./seed/webhooks";

/**
 * `npm run seed:logs -- 1000000`: fills the log with that many attempts of a week, with their order events,
 * deliveries and statistics. Opens the database itself: on the embedded one the product must be stopped.
 */
const DEFAULT_ATTEMPTS = 100_000;
const EVENTS_PER_CHUNK = 10_000;

nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: console.error });
try {
  await seed(countFrom(process.argv[2]));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

async function seed(attempts: number): Promise<void> {
  const startedAt = performance.now();
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = env();
  await openDatabase({ databaseUrl, dataDir });
  const webhookIds = await seedWebhooks();
  const run = Date.now().toString(36);
  const until = new Date();
  const events = Math.ceil(attempts / ATTEMPTS_PER_EVENT);
  for (let first = 0; first < events; first += EVENTS_PER_CHUNK) {
    const chunk = { run, first, last: Math.min(first + EVENTS_PER_CHUNK, events), of: events, until };
    await seedEvents(chunk);
    await seedAttempts({ ...chunk, webhookIds });
    const done = Math.round((chunk.last / events) * 100);
    process.stdout.write(`\r${done} %   ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  await seedStatistics({ webhookIds });
  await rows(sql`analyze`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `\r✓ ${events * ATTEMPTS_PER_EVENT} attempts of ${events} order events in ${seconds} s\n`,
  );
}

function countFrom(text: string | undefined): number {
  const count = text === undefined ? DEFAULT_ATTEMPTS : Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`How many attempts? Expected a whole number from 1, got "${text}".`);
}
