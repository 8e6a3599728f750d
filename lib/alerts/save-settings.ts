import { type Db, db } from "@/db/client";
import { deleteAlertFault } from "@/db/queries/alert-faults";
import { selectAlertSettingForUpdate, upsertAlertSetting } from "@/db/queries/alert-settings";
import type { EmailFields, EmailInput, TelegramFields, TelegramInput } from "@/lib/alerts/channel-fields";
import { alertChannels } from "@/lib/alerts/channels";
import { type AlertRules, keptRules } from "@/lib/alerts/rules";
import { type AuditChanges, recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { encrypt } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError, fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";

type Save<Input> = { actor: Actor; input: Input };

/**
 * Sets Telegram up. Admins only; conflict where the environment sets it up, invalid where the token is missing or the
 * address that gets it changes without it.
 */
export async function saveTelegram({ actor, input }: Save<TelegramInput>): Promise<void> {
  const { bot_token: secret, ...fields } = input;
  await saveChannel({
    actor,
    key: "telegram",
    fields,
    secret: { field: "bot_token", given: secret, isNeeded: true },
    receiverOf: (stored) => (stored as TelegramFields).api_url,
  });
}

/** Sets mail up, as `saveTelegram` does Telegram. A password goes with the user that it belongs to. */
export async function saveEmail({ actor, input }: Save<EmailInput>): Promise<void> {
  const { smtp_password: secret, ...fields } = input;
  await saveChannel({
    actor,
    key: "email",
    fields,
    secret: { field: "smtp_password", given: secret, isNeeded: fields.user !== "" },
    receiverOf: (stored) => {
      const { host, port, security } = stored as EmailFields;
      return `${security} ${host}:${port}`;
    },
  });
}

/** Sets what alerts tell of and when. Admins only. */
export async function saveAlertRules({ actor, input }: Save<AlertRules>): Promise<void> {
  requireRole(actor, "admin");
  await db().transaction(async (tx) => {
    const stored = await selectAlertSettingForUpdate(tx, "rules");
    const before = flat(keptRules(stored?.value));
    await upsertAlertSetting(tx, { key: "rules", value: input, secret_enc: null });
    await record(tx, { actor, key: "rules", changes: differences({ before, after: flat(input) }) });
  });
}

type NewChannel = {
  actor: Actor;
  key: "telegram" | "email";
  fields: Record<string, unknown>;
  secret: { field: string; given: string; isNeeded: boolean };
  /** Who gets the secret: one that is kept does not go to another. */
  receiverOf: (fields: unknown) => string;
};

async function saveChannel({ actor, key, fields, secret, receiverOf }: NewChannel): Promise<void> {
  requireRole(actor, "admin");
  const isOfEnvironment = alertChannels(env()).some(({ name }) => name === key);
  if (isOfEnvironment) throw new AppError("conflict", refuse("alert_of_environment"));
  await db().transaction(async (tx) => {
    const stored = await selectAlertSettingForUpdate(tx, key);
    const kept = secret.isNeeded ? (stored?.secret_enc ?? null) : null;
    if (secret.isNeeded && secret.given === "") {
      if (kept === null) throw invalid([fieldError(secret.field, refuse("alert_secret_needed"))]);
      const isMoved = stored && receiverOf(stored.value) !== receiverOf(fields);
      if (isMoved) throw invalid([fieldError(secret.field, refuse("alert_secret_again"))]);
    }
    const isGiven = secret.isNeeded && secret.given !== "";
    const secret_enc = isGiven ? encrypt(secret.given) : kept;
    await upsertAlertSetting(tx, { key, value: fields, secret_enc });
    // What went wrong before says nothing of what is set up now.
    await deleteAlertFault(key, tx);
    const before = (stored?.value ?? {}) as Record<string, unknown>;
    const changes = {
      ...differences({ before, after: fields }),
      ...secretChange({
        field: secret.field,
        isGiven,
        had: stored?.secret_enc != null,
        has: secret_enc !== null,
      }),
    };
    await record(tx, { actor, key, changes });
  });
}

type SecretChange = { field: string; isGiven: boolean; had: boolean; has: boolean };

function secretChange({ field, isGiven, had, has }: SecretChange): AuditChanges {
  if (isGiven) return { [field]: { from: null, to: had ? "replaced" : "set" } };
  return had && !has ? { [field]: { from: null, to: "cleared" } } : {};
}

function flat({ kinds, ...rest }: AlertRules): Record<string, unknown> {
  return { ...rest, ...kinds };
}

type Compared = { before: Record<string, unknown>; after: Record<string, unknown> };

function differences({ before, after }: Compared): AuditChanges {
  const changes: AuditChanges = {};
  for (const [field, to] of Object.entries(after)) {
    const from = before[field] ?? null;
    if (from !== to && !(from === null && to === "")) changes[field] = { from, to };
  }
  return changes;
}

const SUBJECTS = { telegram: "Telegram", email: "E-mail", rules: "" };

type Recorded = { actor: Actor; key: keyof typeof SUBJECTS; changes: AuditChanges };

async function record(tx: Db, { actor, key, changes }: Recorded): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const subject = { kind: `alerts_${key}`, id: "", name: SUBJECTS[key] };
  await recordAudit(tx, { actor, action: "alerts.update", subject, changes });
}
