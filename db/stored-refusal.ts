/** A refusal (lib/refusals) as json columns keep it. */
export type StoredRefusal = { code: string; [param: string]: string | number | StoredRefusal };

/** Why a delivery failed that had waited for too long. */
export const GIVEN_UP_CODES: readonly string[] = ["given_up", "given_up_fault"];

/** Why a delivery `d` failed or was cancelled. */
export const DELIVERY_REFUSAL = `coalesce(d.refusal, ${asOther("d.reason")})`;

/** Why an attempt `l` failed. */
export const ATTEMPT_FAULT = `coalesce(l.fault, ${asOther("l.error_message")})`;

/** Why an order event `e` was rejected; a list. */
export const EVENT_REFUSALS = `
  coalesce(e.refusals, case when e.reason is not null then json_build_array(${asOther("e.reason")}) end)`;

// While replicas are replaced one by one, those of the version before write the English text alone.
function asOther(text: string): string {
  return `case when ${text} is not null then json_build_object('code', 'other', 'text', ${text}) end`;
}
