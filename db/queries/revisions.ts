import { desc } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { webhookRevisions } from "@/db/schema";

type NewRevision = { webhookId: number; config: unknown; isDeleted: boolean };

/** Records a webhook's matching configuration; every mutation of a webhook calls it in its own transaction. */
export async function insertRevision(tx: Db, revision: NewRevision): Promise<void> {
  await tx.insert(webhookRevisions).values(revision);
}

/** The newest revision's number; it moves with every change of any webhook, so caches compare it. 0 when none. */
export async function latestRevision(on: Db = db()): Promise<number> {
  const [newest] = await on
    .select({ seq: webhookRevisions.seq })
    .from(webhookRevisions)
    .orderBy(desc(webhookRevisions.seq))
    .limit(1);
  return newest?.seq ?? 0;
}
