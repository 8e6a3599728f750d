import { and, eq } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { alertSettings } from "@/db/schema";

export type AlertSettingRow = typeof alertSettings.$inferSelect;

export function selectAlertSettings(on: Db = db()): Promise<AlertSettingRow[]> {
  return on.select().from(alertSettings);
}

/** One setting, locked until the transaction ends. */
export async function selectAlertSettingForUpdate(tx: Db, key: string): Promise<AlertSettingRow | undefined> {
  const [found] = await tx.select().from(alertSettings).where(eq(alertSettings.key, key)).for("update");
  return found;
}

export async function upsertAlertSetting(tx: Db, row: AlertSettingRow): Promise<void> {
  const { value, secret_enc } = row;
  await tx
    .insert(alertSettings)
    .values(row)
    .onConflictDoUpdate({ target: alertSettings.key, set: { value, secret_enc } });
}

/** Puts a secret under another key, unless it was changed since it was read as `from`. */
export async function replaceAlertSecret(
  tx: Db,
  { key, from, to }: { key: string; from: string; to: string },
): Promise<boolean> {
  const replaced = await tx
    .update(alertSettings)
    .set({ secret_enc: to })
    .where(and(eq(alertSettings.key, key), eq(alertSettings.secret_enc, from)))
    .returning({ key: alertSettings.key });
  return replaced.length > 0;
}
