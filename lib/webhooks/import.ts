import type { Db } from "@/db/client";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError, type FieldError, fieldError } from "@/lib/errors";
import { makeOnce } from "@/lib/make-once";
import { invalid, parseInput } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { createWebhookIn } from "@/lib/webhooks/create";
import { SET } from "@/lib/webhooks/field-kinds";
import { INPUT_FIELDS } from "@/lib/webhooks/fields";
import {
  isMasked,
  readWebhookFile,
  secretsNeeded,
  withoutSecrets,
  withSecrets,
} from "@/lib/webhooks/read-file";
import { WebhookCreate } from "@/lib/webhooks/schema";

/** What a person typed for the entries of a file, by the entry's place and the field. */
export type TypedSecrets = Record<string, Record<string, string>>;

export type ImportEntry = {
  /** Its place in the file, from 0. */
  index: number;
  name: string;
  url: string;
  /** The fields of its secrets, which the file lacks; the signing secret may stay without. */
  needs: string[];
  errors: FieldError[];
};

/**
 * What a file would create, each entry judged by the rules of a new webhook; nothing is stored. Throws forbidden below
 * manager, and invalid for what is no file of webhooks.
 */
export async function planImport({ actor, file }: { actor: Actor; file: unknown }): Promise<ImportEntry[]> {
  requireRole(actor, "manager");
  return readWebhookFile(file).map((entry, index) => ({
    index,
    name: typeof entry.webhook.name === "string" ? entry.webhook.name.slice(0, 255) : "",
    url: typeof entry.webhook.webhook_url === "string" ? entry.webhook.webhook_url.slice(0, 300) : "",
    needs: secretsNeeded(entry),
    errors: judge(withoutSecrets(entry)).errors,
  }));
}

/**
 * Creates the entries of a file at the places `chosen`, switched off, all or none of them. Throws invalid with each
 * error at `<place>.<field>` where one does not fit or lacks a secret that it needs. Returns their ids; once for each
 * `formKey`.
 */
export async function importWebhooks(input: {
  actor: Actor;
  file: unknown;
  chosen: number[];
  secrets: TypedSecrets;
  formKey?: string | undefined;
}): Promise<number[]> {
  const { actor, file, secrets, formKey } = input;
  requireRole(actor, "manager");
  const entries = readWebhookFile(file);
  const judged = input.chosen.flatMap((index) => {
    const entry = entries[index];
    return entry ? [{ index, ...judgeWhole(withSecrets({ entry, typed: secrets[index] ?? {} })) }] : [];
  });
  const errors = judged.flatMap(({ index, errors }) => errors.map((error) => placed({ error, index })));
  if (errors.length > 0) throw invalid(errors);
  const make = async (tx: Db) => {
    const ids: number[] = [];
    for (const { index, webhook } of judged) {
      if (!webhook) continue;
      const made = await createWebhookIn(tx, { actor, input: webhook }).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.errors.length === 0) throw error;
        throw invalid(error.errors.map((one) => placed({ error: one, index })));
      });
      ids.push(made.id);
    }
    return ids;
  };
  return (await makeOnce({ userId: actor.id, formKey, make })).ids;
}

type Judgement = { webhook: WebhookCreate | null; errors: FieldError[] };

function judge(value: object): Judgement {
  try {
    const fields = { ...value, is_active: false };
    return { webhook: parseInput({ schema: WebhookCreate, value: fields, known: INPUT_FIELDS }), errors: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { webhook: null, errors: error.errors.map(inWordsForAFile) };
  }
}

function judgeWhole(value: Record<string, unknown>): Judgement {
  if (!isMasked(value)) return judge(value);
  const error = fieldError("webhook_url", refuse("secret_to_type", { mark: SET }));
  return { webhook: null, errors: [...judge(value).errors, error] };
}

/** Of a file nobody means to keep what is set. */
function inWordsForAFile(error: FieldError): FieldError {
  return error.refusal.code === "secret_to_keep"
    ? fieldError(error.path, refuse("secret_to_type", { mark: SET }))
    : error;
}

function placed({ error, index }: { error: FieldError; index: number }): FieldError {
  return { ...error, path: `${index}.${error.path}` };
}
