import type { StoredRefusal } from "@/db/stored-refusal";
import { refusalText } from "@/lib/refusals/refusal-text";

/** A row with its refusal in English, the API's language, under the API's name and in the same place. */
export function withText<
  From extends string,
  To extends string,
  Row extends Record<From, StoredRefusal | null>,
>(row: Row, { from, to }: { from: From; to: To }): Omit<Row, From> & Record<To, string | null> {
  const refusal = row[from];
  const text = refusal && refusalText(refusal);
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => (name === from ? [to, text] : [name, value])),
  ) as Omit<Row, From> & Record<To, string | null>;
}
