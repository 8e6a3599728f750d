import type { z } from "zod";

const SHOWN_ISSUES = 3;
const SHOWN_CHARS = 40;

/**
 * One line for a refused value: `data.order.total_amount: expected an integer number of kopecks, got "12,5"`.
 * After three fields it only counts the rest.
 */
export function describeIssues({ issues, input }: { issues: z.core.$ZodIssue[]; input: unknown }): string {
  const lines = issues.slice(0, SHOWN_ISSUES).map((issue) => describeIssue({ issue, input }));
  const rest = issues.length - lines.length;
  return lines.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

function describeIssue({ issue, input }: { issue: z.core.$ZodIssue; input: unknown }): string {
  const path = issue.path.length > 0 ? issue.path.map(String).join(".") : "event";
  const given = issue.path.reduce<unknown>((value, key) => ownValue({ value, key }), input);
  // A phone sent as a number must not land in a log line, so a text field shows only the type it was given.
  const isTextField = issue.code === "invalid_type" && issue.expected === "string";
  return `${path}: ${issue.message}, got ${isTextField ? typeName(given) : preview(given)}`;
}

function ownValue({ value, key }: { value: unknown; key: PropertyKey }): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function preview(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return typeName(value);
  const isLong = value.length > SHOWN_CHARS;
  return JSON.stringify(value.slice(0, SHOWN_CHARS)).replace(/[\u2028\u2029]/g, " ") + (isLong ? "…" : "");
}

function typeName(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
