import { z } from "zod";
import { fieldError } from "@/lib/errors";
import { expected, expectedOnly, notExpected } from "@/lib/expected";
import { parseTime } from "@/lib/orders/time";
import { invalid, parseInput } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

export const MAX_ID = 2_147_483_647;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
const LIMIT = { type: "integer", minimum: 1, maximum: MAX_LIMIT } as const;
const LAST_TIME_MS = Date.UTC(9999, 0);

/**
 * Reads a URL's query by a schema made of the fields below. Empty parameters are ignored. Throws `invalid` for one
 * that is unknown, repeated or wrong.
 */
export function parseQuery<Schema extends z.ZodObject>({
  schema,
  searchParams,
}: {
  schema: Schema;
  searchParams: URLSearchParams;
}): z.output<Schema> {
  const given = [...searchParams].filter(([, value]) => value !== "");
  const repeated = given.find(([name], index) => given.findIndex(([other]) => other === name) !== index);
  if (repeated) throw invalid([fieldError(repeated[0], refuse("given_twice"))]);
  const known = Object.keys(schema.shape);
  return parseInput({ schema, value: Object.fromEntries(given), known, kind: "parameter" });
}

export function queryId({ max = MAX_ID } = {}) {
  return wholeNumber({ min: 1, max });
}

export function limit() {
  return wholeNumber({ min: 1, max: MAX_LIMIT })
    .optional()
    .transform((value) => value ?? DEFAULT_LIMIT)
    .meta({ ...LIMIT, description: `How many at most; ${DEFAULT_LIMIT} when not given.` });
}

/** For a list that is answered whole unless a page of it is asked for. */
export function optionalLimit() {
  return wholeNumber({ min: 1, max: MAX_LIMIT })
    .optional()
    .meta({ ...LIMIT, description: "How many at most; all when not given." });
}

/** In any case: Python's clients write a bool as `True`. */
export function queryBoolean() {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"], { error: expected(refuse("true_or_false")) }))
    .transform((text) => text === "true")
    .meta({ type: "boolean", enum: [true, false] });
}

export function queryOneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, { error: expected(refuse("one_of", { values: values.join(", ") })) });
}

export function queryText() {
  return z
    .string()
    .max(1000, { error: expectedOnly(refuse("characters_at_most", { max: 1000 })) })
    .refine((text) => !text.includes("\0"), { error: expectedOnly(refuse("text_without_nul")) });
}

/** A point in time. A date alone means its midnight; without an offset, UTC is assumed. */
export function queryTime() {
  return z
    .string({ error: expected(refuse("iso_time")) })
    .transform((text, context) => {
      const time = toTime(text);
      if (time) return time;
      const what = refuse("iso_time_such_as", { example: "2026-02-11T12:00:00Z" });
      context.addIssue({ code: "custom", message: zodMessage(notExpected({ what, given: text })) });
      return z.NEVER;
    })
    .meta({ type: "string", format: "date-time" });
}

function toTime(text: string): Date | null {
  // An unencoded `+` arrives as a space.
  const restored = text.trim().replace(/ (\d{2}:?\d{2})$/, "+$1");
  const timeMs = parseTime(restored) ?? parseTime(text) ?? parseTime(`${text}T00:00:00Z`);
  // Postgres cannot read the years 0 and 10000, and no row is that old or that new.
  return timeMs === null ? null : new Date(Math.min(Math.max(timeMs, 0), LAST_TIME_MS));
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .transform((text, context) => {
      const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= min && number <= max) return number;
      const what = refuse("whole_number_between", { min, max });
      context.addIssue({ code: "custom", message: zodMessage(notExpected({ what, given: text })) });
      return z.NEVER;
    })
    .meta({ type: "integer", minimum: min, maximum: max });
}
