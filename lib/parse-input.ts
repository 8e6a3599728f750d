import type { z } from "zod";
import { AppError, type FieldError, fieldError } from "@/lib/errors";
import { nearestNames } from "@/lib/nearest-names";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { refusalOfIssue } from "@/lib/refusals/zod-message";
import { shortened } from "@/lib/text";

const SHOWN_IN_DETAIL = 3;
const SHOWN_ERRORS = 50;
// A body of 1 MiB can hold a hundred thousand mistakes, and comparing them all takes minutes.
const JUDGED_ERRORS = 200;
const MAX_LISTED = 10;

/**
 * Parses a value from outside. Throws `AppError("invalid")` with one error per field, each at its path in the
 * request; for an unknown field it suggests the nearest of `known`.
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

/** Refuses a request because of these fields; the message lists the first three. */
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
  return new AppError("invalid", refuse("other", { text: detail }), distinct.slice(0, SHOWN_ERRORS));
}

function fieldErrors({
  issue,
  known,
  kind,
}: {
  issue: z.core.$ZodIssue;
  known: readonly string[];
  kind: "field" | "parameter";
}): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [fieldError(issue.path.join("."), refusalOfIssue(issue))];
  return issue.keys.slice(0, JUDGED_ERRORS).map((key) => {
    const path = [...issue.path, shortened({ text: key, max: 100 })].join(".");
    return fieldError(path, unknownName({ name: key, known, kind: refuse(kind) }));
  });
}

function unknownName({
  name,
  known,
  kind,
}: {
  name: string;
  known: readonly string[];
  kind: Refusal;
}): Refusal {
  // `timeout` means timeout_seconds, `url` means webhook_url.
  const isPart = (written: string, candidate: string) => candidate.split("_").includes(written);
  const [near] = nearestNames({ name, known, isPart });
  if (near) return refuse("unknown_name_near", { kind, near });
  if (known.length === 0 || known.length > MAX_LISTED) return refuse("unknown_name", { kind });
  return refuse("unknown_name_known", { kind, known: known.join(", ") });
}

function isSame({ error, other }: { error: FieldError; other: FieldError }): boolean {
  return error.path === other.path && error.message === other.message;
}
