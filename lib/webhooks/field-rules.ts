import { z } from "zod";
import { invisibleProblem } from "@/lib/characters";
import type { FieldError } from "@/lib/errors";
import { expected, expectedOnly, expectedSecret } from "@/lib/expected";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { storableText } from "@/lib/text";

const MAX_ITEMS = 1000;

/** Text that Postgres can store, trimmed and not empty. */
export function requiredText({ maxLength }: { maxLength: number }) {
  const what = refuse("text_between", { min: 1, max: maxLength });
  return z
    .string({ error: expected(what) })
    .trim()
    .min(1, { error: expected(what) })
    .max(maxLength, { error: tooLong(what) })
    .refine(isStorable, { error: expectedOnly(refuse("storable_text")) });
}

/** Text or null; a blank one is null, since forms send what was left empty as "". Not repeated in errors. */
export function optionalText({ maxLength }: { maxLength: number }) {
  const what = refuse("text_at_most", { max: maxLength });
  const text = z
    .string({ error: expectedSecret(what) })
    .max(maxLength, { error: tooLong(what) })
    .refine(isStorable, { error: expectedOnly(refuse("storable_text")) })
    .nullable();
  return z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? null : value), text);
}

/** As `optionalText`, without the white space that comes along when a secret is pasted. */
export function secretText({ maxLength }: { maxLength: number }) {
  const trimmed = (value: unknown) => (typeof value === "string" ? value.trim() : value);
  return z.preprocess(trimmed, optionalText({ maxLength }));
}

/** A text that is compared with others, in which an invisible character could not be found by looking. */
export function visibleText({ maxLength }: { maxLength: number }) {
  return requiredText({ maxLength }).superRefine((text, context) => {
    const invisible = invisibleProblem(text);
    if (invisible) context.addIssue({ code: "custom", message: zodMessage(invisible) });
  });
}

export function flag() {
  return z.boolean({ error: expected(refuse("true_or_false")) });
}

export function integer({ min, max }: { min: number; max: number }) {
  const error = expected(refuse("integer_between", { min, max }));
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function oneOf<const Value extends string>(values: readonly Value[]) {
  const unknown = expected(refuse("one_of", { values: values.join(", ") }));
  return z.enum(values, {
    error: (issue) => {
      const invisible = invisibleProblem(String(issue.input));
      return invisible ? zodMessage(invisible) : unknown(issue);
    },
  });
}

/** An array without repetitions, or null; also as a string that holds that JSON, as iiko-base sends it. */
export function listOrNull<Item extends z.ZodType<string>>(item: Item) {
  const list = z
    .array(item, { error: expected(refuse("array_or_null")) })
    .max(MAX_ITEMS, { error: expectedOnly(refuse("entries_at_most", { max: MAX_ITEMS })) })
    .transform((items) => [...new Set(items)])
    .nullable();
  return jsonOrText(list);
}

/** An object of texts, or null; also as a string that holds that JSON. */
export function textsByName(check: (texts: Record<string, string>) => FieldError[]) {
  const texts = z
    .record(z.string(), z.string({ error: expectedSecret(refuse("text")) }).trim(), {
      error: expectedSecret(refuse("object_such_as", { example: '{"X-API-Key": "…"}' })),
    })
    .superRefine((value, context) => {
      for (const { path, refusal } of check(value)) {
        // `path` begins with the field's own name, which zod adds.
        const name = path.split(".").slice(1, 2);
        context.addIssue({ code: "custom", path: name, message: zodMessage(refusal) });
      }
    })
    .nullable();
  return jsonOrText(texts);
}

function jsonOrText<Schema extends z.ZodType>(schema: Schema) {
  return z
    .preprocess((value, context) => {
      if (typeof value !== "string") return value;
      if (value.trim() === "") return null;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: expectedOnly(refuse("json")) });
        return z.NEVER;
      }
    }, schema)
    .meta({ description: "Also accepted as a string that holds this JSON." });
}

function tooLong(what: Refusal) {
  return (issue: z.core.$ZodRawIssue) =>
    zodMessage(refuse("expected_got", { what, got: String(issue.input).length }));
}

function isStorable(text: string): boolean {
  return storableText(text) === text;
}
