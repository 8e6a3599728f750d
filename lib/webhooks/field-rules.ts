import { z } from "zod";
import { invisibleProblem } from "@/lib/characters";
import { expected, expectedSecret } from "@/lib/expected";
import { storableText } from "@/lib/text";

const STORABLE = "text without NUL characters or broken surrogates";
const MAX_ITEMS = 1000;

/** Text that Postgres can store, trimmed and not empty. */
export function requiredText({ maxLength }: { maxLength: number }) {
  const what = `text of 1 to ${maxLength} characters`;
  return z
    .string({ error: expected(what) })
    .trim()
    .min(1, { error: expected(what) })
    .max(maxLength, { error: (issue) => `expected ${what}, got ${String(issue.input).length}` })
    .refine(isStorable, { error: `expected ${STORABLE}` });
}

/** Text or null; a blank one is null, since forms send what was left empty as "". Not repeated in errors. */
export function optionalText({ maxLength }: { maxLength: number }) {
  const what = `text of at most ${maxLength} characters, or null`;
  const text = z
    .string({ error: expectedSecret(what) })
    .max(maxLength, { error: (issue) => `expected ${what}, got ${String(issue.input).length}` })
    .refine(isStorable, { error: `expected ${STORABLE}` })
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
    const message = invisibleProblem(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  });
}

export function flag() {
  return z.boolean({ error: expected("true or false") });
}

export function integer({ min, max }: { min: number; max: number }) {
  const error = expected(`an integer from ${min} to ${max}`);
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function oneOf<const Value extends string>(values: readonly Value[]) {
  const unknown = expected(`one of ${values.join(", ")}`);
  return z.enum(values, {
    error: (issue) => invisibleProblem(String(issue.input)) ?? unknown(issue),
  });
}

/** An array without repetitions, or null; also as a string that holds that JSON, as iiko-base sends it. */
export function listOrNull<Item extends z.ZodType<string>>(item: Item) {
  const list = z
    .array(item, { error: expected("an array, or null") })
    .max(MAX_ITEMS, { error: `expected at most ${MAX_ITEMS} entries` })
    .transform((items) => [...new Set(items)])
    .nullable();
  return jsonOrText(list);
}

/** An object of texts, or null; also as a string that holds that JSON. */
export function textsByName(check: (texts: Record<string, string>) => { path: string; message: string }[]) {
  const texts = z
    .record(z.string(), z.string({ error: expectedSecret("text") }).trim(), {
      error: expectedSecret('an object such as {"X-API-Key": "…"}, or null'),
    })
    .superRefine((value, context) => {
      for (const { path, message } of check(value)) {
        // `path` begins with the field's own name, which zod adds.
        context.addIssue({ code: "custom", path: path.split(".").slice(1, 2), message });
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
        context.addIssue({ code: "custom", message: "expected JSON, or a string that holds JSON" });
        return z.NEVER;
      }
    }, schema)
    .meta({ description: "Also accepted as a string that holds this JSON." });
}

function isStorable(text: string): boolean {
  return storableText(text) === text;
}
