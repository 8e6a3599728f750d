import { unstable_rethrow } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type CurrentUser, currentUser, toActor, toFullActor } from "@/lib/auth/current-actor";
import { AppError, type FieldError, type FieldMessage } from "@/lib/errors";
import type { Locale } from "@/lib/i18n/locales";
import { logger } from "@/lib/logger";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refusalOfIssue } from "@/lib/refusals/zod-message";

/** What a server action answers: its data, or a message for a person and the fields that are wrong. */
export type ActionResult<Data> = { ok: true; data: Data } | ({ ok: false; isSessionOver?: true } & Refused);

/** Why not, and what is wrong with which fields. */
export type Refused = { message: string; errors: FieldMessage[] };

type Given<Schema extends z.ZodType> = {
  actor: Actor;
  input: z.output<Schema>;
  /** The form's own, for what is made once (lib/make-once.ts). */
  formKey: string | undefined;
};
type Handler<Schema extends z.ZodType, Data> = (given: Given<Schema>) => Promise<Data>;
type SessionHandler<Schema extends z.ZodType, Data> = (
  given: Given<Schema> & { user: CurrentUser },
) => Promise<Data>;

const FormKey = z.string().min(16).max(64).optional().catch(undefined);

/**
 * Makes a server action of a schema and a handler. The answer never repeats what was typed: a refusal names the
 * fields, an unforeseen error is logged and answered without its message.
 */
export function validatedAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  handler: Handler<Schema, Data>,
) {
  return ownAction(schema, async ({ user, ...given }) => handler({ ...given, actor: toFullActor(user) }));
}

/** As `validatedAction`, for what concerns one's own account: also while a new password is due. */
export function ownAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  handler: SessionHandler<Schema, Data>,
) {
  return async (raw: z.input<Schema>, key?: string): Promise<ActionResult<Data>> => {
    const locale = await getLocale();
    const t = await getTranslations("common");
    const user = await currentUser();
    if (!user) return { ok: false, message: t("sessionEnded"), errors: [], isSessionOver: true };
    const parsed = schema.safeParse(raw, { error: z.locales[locale]().localeError });
    if (!parsed.success) {
      const errors = parsed.error.issues.map((issue) => ({
        path: issue.path.join("."),
        refusal: refusalOfIssue(issue),
      }));
      return { ok: false, message: t("checkFields"), errors: inWords({ errors, locale }) };
    }
    try {
      const formKey = FormKey.parse(key);
      return { ok: true, data: await handler({ actor: toActor(user), user, input: parsed.data, formKey }) };
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof AppError) return toRefusal({ error, locale, checkFields: t("checkFields") });
      logger.error({ err: error }, "a server action failed");
      return { ok: false, message: t("internalError"), errors: [] };
    }
  };
}

/** What is wrong with each field, in the reader's language. */
export function inWords({ errors, locale }: { errors: FieldRefusal[]; locale: Locale }): FieldMessage[] {
  return errors.map(({ path, refusal }) => ({ path, message: refusalText(refusal, locale) }));
}

type FieldRefusal = Pick<FieldError, "path" | "refusal">;

type Refusing = { error: AppError; locale: Locale; checkFields: string };

/** The message of `invalid` lists the fields by the wire's names; a form shows each at its place instead. */
function toRefusal({ error, locale, checkFields }: Refusing): ActionResult<never> {
  const errors = inWords({ errors: error.errors, locale });
  const isAboutFields = error.code === "invalid" && errors.length > 0;
  return {
    ok: false,
    message: isAboutFields ? checkFields : refusalText(error.refusal, locale),
    errors,
  };
}
