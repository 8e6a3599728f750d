import type { StoredRefusal } from "@/db/stored-refusal";
import type { EN } from "./en";

export type RefusalCode = keyof typeof EN;

/** Why something was refused, to be worded in any language. A parameter may be a refusal itself. */
export type Refusal = { code: RefusalCode; [param: string]: RefusalParam };
export type RefusalParam = string | number | StoredRefusal;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type ParamsOf<Code extends RefusalCode> = Record<NamesIn<(typeof EN)[Code]>, RefusalParam>;

/** A refusal of this code with the parameters that its text names. */
export function refuse<Code extends RefusalCode>(
  code: Code,
  ...[params]: NamesIn<(typeof EN)[Code]> extends never ? [] : [params: ParamsOf<Code>]
): Refusal {
  return { code, ...params };
}
