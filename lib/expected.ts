import type { z } from "zod";
import { type Refusal, type RefusalParam, refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { shortened } from "@/lib/text";

const SHOWN_CHARS = 60;

/** A zod error: `expected an integer from 0 to 10, got 11`, or `is required` where nothing was given. */
export function expected(what: Refusal) {
  return (issue: z.core.$ZodRawIssue): string =>
    zodMessage(
      issue.input === undefined ? refuse("required", { what }) : notExpected({ what, given: issue.input }),
    );
}

/** As `expected`, for a value that must not be repeated in an answer or a log. */
export function expectedSecret(what: Refusal) {
  return (issue: z.core.$ZodRawIssue): string =>
    zodMessage(refuse(issue.input === undefined ? "required" : "expected", { what }));
}

/** As `expectedSecret`, of a text that is given. */
export function expectedOnly(what: Refusal): string {
  return zodMessage(refuse("expected", { what }));
}

export function notExpected({ what, given }: { what: Refusal; given: unknown }): Refusal {
  return refuse("expected_got", { what, got: preview(given) });
}

/** A value as an error may show it: JSON, cut after 60 characters. */
export function preview(value: unknown): RefusalParam {
  if (Array.isArray(value)) return refuse("got_array");
  if (typeof value === "object" && value !== null) return refuse("got_object");
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return shortened({ text, max: SHOWN_CHARS });
}
