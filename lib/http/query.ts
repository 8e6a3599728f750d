import { z } from "zod";
import { AppError } from "@/lib/errors";
import { expected, preview } from "@/lib/expected";
import { parseTime } from "@/lib/orders/time";
import { parseInput } from "@/lib/parse-input";

export const MAX_ID = 2_147_483_647;
export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 500;
const LAST_TIME_MS = Date.UTC(9999, 0);

/** The query of a URL as a schema of the fields below reads it; an empty parameter counts as not given. */
export function parseQuery<Schema extends z.ZodObject>({
  schema,
  searchParams,
}: {
  schema: Schema;
  searchParams: URLSearchParams;
}): z.output<Schema> {
  const given = [...searchParams].filter(([, value]) => value !== "");
  const repeated = given.find(([name], index) => given.findIndex(([other]) => other === name) !== index);
  if (repeated) {
    const message = "is given more than once";
    throw new AppError("invalid", `${repeated[0]}: ${message}`, [{ path: repeated[0], message }]);
  }
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
    .meta({
      type: "integer",
      minimum: 1,
      maximum: MAX_LIMIT,
      description: `How many at most; ${DEFAULT_LIMIT} when not given.`,
    });
}

/** For a list that is answered whole unless a page of it is asked for. */
export function optionalLimit() {
  return wholeNumber({ min: 1, max: MAX_LIMIT }).optional().meta({
    type: "integer",
    minimum: 1,
    maximum: MAX_LIMIT,
    description: "How many at most; all when not given.",
  });
}

export function queryBoolean() {
  return z
    .enum(["true", "false"], { error: (issue) => `expected true or false, got ${preview(issue.input)}` })
    .transform((text) => text === "true")
    .meta({ type: "boolean", enum: [true, false] });
}

export function queryOneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, {
    error: (issue) => `expected one of ${values.join(", ")}, got ${preview(issue.input)}`,
  });
}

export function queryText() {
  return z
    .string()
    .max(1000, { error: "expected at most 1000 characters" })
    .refine((text) => !text.includes("\0"), { error: "expected text without NUL characters" });
}

/** A point in time; a date alone is its first moment, a time without an offset is read as UTC. */
export function queryTime() {
  return z
    .string({ error: expected("an ISO 8601 time") })
    .transform((text, context) => {
      const time = toTime(text);
      if (time) return time;
      const message = `expected an ISO 8601 time such as 2026-02-11T12:00:00Z, got ${preview(text)}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .meta({ type: "string", format: "date-time" });
}

function toTime(text: string): Date | null {
  // A `+` that was not encoded arrives as a space.
  const restored = text.trim().replace(/ (\d{2}:?\d{2})$/, "+$1");
  const timeMs = parseTime(restored) ?? parseTime(text) ?? parseTime(`${text}T00:00:00Z`);
  // Nothing here is older than the product, and Postgres cannot read the years 0 and 10000.
  return timeMs === null ? null : new Date(Math.min(Math.max(timeMs, 0), LAST_TIME_MS));
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .transform((text, context) => {
      const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= min && number <= max) return number;
      const message = `expected a whole number from ${min} to ${max}, got ${preview(text)}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    })
    .meta({ type: "integer", minimum: min, maximum: max });
}
