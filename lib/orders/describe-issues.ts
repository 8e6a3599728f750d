import type { z } from "zod";
import { type Refusal, type RefusalParam, refuse } from "@/lib/refusals/refuse";
import { refusalOfIssue } from "@/lib/refusals/zod-message";

const SHOWN_ISSUES = 3;
const SHOWN_CHARS = 40;

/**
 * Why a value was refused, field by field: `data.order.total_amount: expected an integer number of kopecks, got
 * "12,5"`. A schema's message says what it expects. After three fields the rest is only counted.
 */
export function describeIssues({ issues, input }: { issues: z.core.$ZodIssue[]; input: unknown }): Refusal[] {
  const shown = issues.slice(0, SHOWN_ISSUES).map((issue) => describeIssue({ issue, input }));
  const rest = issues.length - shown.length;
  return rest > 0 ? [...shown, refuse("and_more", { count: rest })] : shown;
}

function describeIssue({ issue, input }: { issue: z.core.$ZodIssue; input: unknown }): Refusal {
  const place = issue.path.length > 0 ? issue.path.map(String).join(".") : "event";
  const given = issue.path.reduce<unknown>((value, key) => ownValue({ value, key }), input);
  // A phone sent as a number must not land in a log line, so a text field shows only the type it was given.
  const isTextField = issue.code === "invalid_type" && issue.expected === "string";
  const got = isTextField ? typeName(given) : preview(given);
  return refuse("at_place", { place, refusal: refuse("expected_got", { what: refusalOfIssue(issue), got }) });
}

function ownValue({ value, key }: { value: unknown; key: PropertyKey }): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function preview(value: unknown): RefusalParam {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return typeName(value);
  const isLong = value.length > SHOWN_CHARS;
  return JSON.stringify(value.slice(0, SHOWN_CHARS)).replace(/[\u2028\u2029]/g, " ") + (isLong ? "…" : "");
}

function typeName(value: unknown): RefusalParam {
  if (value === undefined) return refuse("got_nothing");
  if (value === null) return "null";
  if (Array.isArray(value)) return refuse("got_list");
  if (typeof value === "string") return refuse("got_text");
  return typeof value === "object" ? refuse("got_object") : refuse("got_type", { type: typeof value });
}
