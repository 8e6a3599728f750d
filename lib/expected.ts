import type { z } from "zod";

const SHOWN_CHARS = 60;

/** A zod message: `expected an integer from 0 to 10, got 11`, or `is required` where nothing was given. */
export function expected(what: string) {
  return (issue: z.core.$ZodRawIssue): string =>
    issue.input === undefined ? `is required: ${what}` : `expected ${what}, got ${preview(issue.input)}`;
}

/** As `expected`, for a value that must not be repeated in an answer or a log. */
export function expectedSecret(what: string) {
  return (issue: z.core.$ZodRawIssue): string =>
    issue.input === undefined ? `is required: ${what}` : `expected ${what}`;
}

/** A value as an error may show it: JSON, cut after 60 characters. */
export function preview(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
