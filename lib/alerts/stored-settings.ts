import { selectAlertSettings } from "@/db/queries/alert-settings";
import type { EmailFields, TelegramFields } from "@/lib/alerts/channel-fields";
import { type AlertRules, keptRules } from "@/lib/alerts/rules";

/** Alerts as the panel set them up; a channel that it did not is null. */
export type StoredAlertSettings = {
  telegram: { fields: TelegramFields; secret_enc: string | null } | null;
  email: { fields: EmailFields; secret_enc: string | null } | null;
  rules: AlertRules;
};

/** Read anew each time, so that a change counts at once in every process. */
export async function readAlertSettings(): Promise<StoredAlertSettings> {
  const rows = new Map((await selectAlertSettings()).map((row) => [row.key, row]));
  const telegram = rows.get("telegram");
  const email = rows.get("email");
  // Checked when they were saved; what OUTBOUND_ALLOW no longer opens is refused when it is used.
  return {
    telegram: telegram ? { fields: telegram.value as TelegramFields, secret_enc: telegram.secret_enc } : null,
    email: email ? { fields: email.value as EmailFields, secret_enc: email.secret_enc } : null,
    rules: keptRules(rows.get("rules")?.value),
  };
}
