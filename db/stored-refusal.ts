/** A refusal (lib/refusals) as json columns keep it. */
export type StoredRefusal = { code: string; [param: string]: string | number | StoredRefusal };

/** Why a delivery failed that had waited for too long. */
export const GIVEN_UP_CODES: readonly string[] = ["given_up", "given_up_fault"];

type Columns = { refusal: string; text: string };

/**
 * A refusal's column. While replicas are replaced one by one, those of the version before write the English text alone
 * into `text`.
 */
export function storedRefusal({ refusal, text }: Columns): string {
  return `coalesce(${refusal}, ${asOther(text)})`;
}

/** The same of a column that holds several. */
export function storedRefusals({ refusal, text }: Columns): string {
  return `coalesce(${refusal}, case when ${text} is not null then json_build_array(${asOther(text)}) end)`;
}

function asOther(text: string): string {
  return `case when ${text} is not null then json_build_object('code', 'other', 'text', ${text}) end`;
}
