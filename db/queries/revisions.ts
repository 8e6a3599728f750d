import { sql } from "drizzle-orm";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import { type Db, prepared } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { webhookRevisions } from "@/db/schema";

type NewRevision = { webhook_id: number; config: unknown; is_deleted: boolean };

const changes = processWide("webhook-changes", () => ({ count: 0 }));

/** Records a webhook's matching configuration; every mutation of a webhook calls it in its own transaction. */
export async function insertRevision(tx: Db, revision: NewRevision): Promise<void> {
  // One at a time until the commit: a number that appeared after a higher one would go unnoticed by caches.
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.revisions})`);
  await tx.insert(webhookRevisions).values(revision);
  changes.count += 1;
}

/** A count of this process's changes to webhooks: a hint, free of charge, that something may be stale. */
export function webhookChanges(): number {
  return changes.count;
}

/** The newest revision's number; it moves with every change of any webhook, so caches compare it. 0 when none. */
export async function latestRevision(): Promise<number> {
  const [newest] = await prepared<{ seq: number }>({
    name: "latest-revision",
    text: "select coalesce(max(seq), 0)::float8 as seq from webhook_revisions",
    values: [],
  });
  return newest?.seq ?? 0;
}
