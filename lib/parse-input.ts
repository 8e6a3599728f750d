import type { z } from "zod";
import { AppError, type FieldError } from "@/lib/errors";
import { nearestName } from "@/lib/nearest-name";

const SHOWN_IN_DETAIL = 3;
const SHOWN_ERRORS = 50;
// A body of a megabyte can hold a hundred thousand mistakes: looking at all of them would take minutes.
const JUDGED_ERRORS = 200;
const MAX_LISTED = 10;

/**
 * A value from outside as its schema reads it. Throws `AppError("invalid")` with one error per field, named
 * on the wire's path; an unknown field comes with the nearest known one of `known`.
 */
export function parseInput<Schema extends z.ZodType>({
  schema,
  value,
  known = [],
  kind = "field",
}: {
  schema: Schema;
  value: unknown;
  known?: readonly string[];
  kind?: "field" | "parameter";
}): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, JUDGED_ERRORS);
  throw invalid(issues.flatMap((issue) => fieldErrors({ issue, known, kind })));
}

/** The refusal of named fields; its message lists the first three. */
export function invalid(errors: FieldError[]): AppError {
  const judged = errors.slice(0, JUDGED_ERRORS);
  const distinct = judged.filter(
    (error, index) => judged.findIndex((other) => isSame({ error, other })) === index,
  );
  const lines = distinct
    .slice(0, SHOWN_IN_DETAIL)
    .map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const rest = distinct.length - lines.length;
  const detail = lines.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
  return new AppError("invalid", detail, distinct.slice(0, SHOWN_ERRORS));
}

function fieldErrors({
  issue,
  known,
  kind,
}: {
  issue: z.core.$ZodIssue;
  known: readonly string[];
  kind: string;
}): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path.join("."), message: issue.message }];
  return issue.keys.slice(0, JUDGED_ERRORS).map((key) => {
    const path = [...issue.path, shortened(key)].join(".");
    const near = nearestName({ name: key, known });
    return {
      path,
      message: near ? `unknown ${kind}; did you mean ${near}?` : `unknown ${kind}${listed(known)}`,
    };
  });
}

function listed(known: readonly string[]): string {
  return known.length > 0 && known.length <= MAX_LISTED ? `; known are ${known.join(", ")}` : "";
}

function shortened(key: string): string {
  return key.length > 100 ? `${key.slice(0, 100)}…` : key;
}

function isSame({ error, other }: { error: FieldError; other: FieldError }): boolean {
  return error.path === other.path && error.message === other.message;
}
