import { z } from "zod";
import { flag, integer, listOrNull, oneOf } from "@/lib/webhooks/field-rules";

/** Stands in answers for a secret that is set; in an update it means «keep what is set». */
export const SET = "***";

/**
 * A kind of field: `input` is what create and patch take, `answer` what answers hold; a form shows what was answered
 * (`show`) and reads what was typed (`read`). Numbers are typed as text, and an empty text or list is null.
 */
export const text = <Input extends z.ZodType>(input: Input) => ({
  kind: "plain" as const,
  input,
  answer: z.string(),
  show: asIs<string>,
  read: asIs<string>,
});

export const textOrNull = <Input extends z.ZodType>(input: Input) => ({
  kind: "plain" as const,
  input,
  answer: z.string().nullable(),
  show: (value: string | null) => value ?? "",
  read: orNull,
});

export const tick = () => ({
  kind: "plain" as const,
  input: flag(),
  answer: z.boolean(),
  show: asIs<boolean>,
  read: asIs<boolean>,
});

export const number = (range: { min: number; max: number }) => ({
  kind: "plain" as const,
  input: integer(range),
  answer: z.int(),
  show: (value: number) => String(value),
  read: wholeNumber,
});

export const choice = <const Value extends string>(values: readonly Value[]) => ({
  kind: "plain" as const,
  input: oneOf(values),
  answer: z.enum(values),
  show: asIs<Value>,
  read: asIs<Value>,
});

export const list = <Item extends z.ZodType<string>>(item: Item) => ({
  kind: "plain" as const,
  input: listOrNull(item),
  answer: z.array(z.string()).nullable(),
  show: (value: string[] | null) => value ?? [],
  read: (items: string[]) => (items.length === 0 ? null : items),
});

/** Kept encrypted in the column `<name>_enc`; answers say only that it is set. */
export const secret = <Input extends z.ZodType>(input: Input) => ({
  kind: "secret" as const,
  input,
  answer: z
    .literal(SET)
    .nullable()
    .meta({ description: `"${SET}" when it is set; never the secret itself.` }),
  show: (value: string | null) => value ?? "",
  read: (typed: string) => orNull(typed.trim()),
});

export type HeaderDraft = { name: string; value: string };

export const secretHeaders = <Input extends z.ZodType>(input: Input) => ({
  kind: "secret" as const,
  input,
  answer: z.record(z.string(), z.literal(SET)).nullable(),
  show: (value: Record<string, string> | null): HeaderDraft[] =>
    Object.keys(value ?? {}).map((name) => ({ name, value: SET })),
  read: (headers: HeaderDraft[]) =>
    Object.fromEntries(filledHeaders(headers).map(({ name, value }) => [name.trim(), value.trim()])),
});

/** Set by the product itself. A client that sends back what it read may leave it in. */
export const counted = <Answer extends z.ZodType>(answer: Answer) => ({ kind: "counted" as const, answer });

/** The rows of the header editor that say something. */
export function filledHeaders(headers: HeaderDraft[]): HeaderDraft[] {
  return headers.filter(({ name, value }) => name.trim() !== "" || value !== "");
}

function asIs<Value>(value: Value): Value {
  return value;
}

function orNull(typed: string): string | null {
  return typed === "" ? null : typed;
}

function wholeNumber(typed: string): number {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
}
