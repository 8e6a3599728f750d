import type { Locale } from "@/lib/i18n/locales";
import { recogniseRefusal } from "./recognise";
import { refusalText } from "./refusal-text";
import { type RefusalCode, refuse } from "./refuse";

/** Why a delivery ended or a webhook was switched off, as far as these are stored for a reader. */
const REASONS = [
  "webhook_switched_off",
  "webhook_switched_off_gone",
  "webhook_deleted",
  "waiting_cancelled",
  "gone",
  "gone_so_off",
  "payload_too_large",
  "payload_not_built",
  "template_too_much_work",
] as const satisfies RefusalCode[];

/** Reasons that end with the fault of the last attempt; db/queries/flows writes the first two itself. */
const REASONS_WITH_FAULT = [
  "given_up_fault",
  "given_up",
  "attempts_failed",
  "attempt_failed",
] as const satisfies RefusalCode[];

/** As lib/outbound/explain-error words them; the ones that say least come last. */
const FAULTS = [
  "fault_timeout_connecting",
  "fault_timeout_waiting",
  "fault_timeout_reading",
  "fault_dns_silent",
  "fault_dns",
  "fault_refused",
  "fault_reset_connecting",
  "fault_reset_waiting",
  "fault_reset_reading",
  "fault_unreachable",
  "fault_tls_expired",
  "fault_tls_self_signed",
  "fault_tls_hostname",
  "fault_tls_untrusted",
  "fault_tls_version",
  "fault_tls",
  "fault_too_many_headers",
  "fault_invalid_response",
  "fault_invalid_request",
  "fault_network",
  "fault_redirect",
  "fault_status_401",
  "fault_status_403",
  "fault_status_404",
  "fault_status_410",
  "fault_status_429",
  "fault_status_5xx",
  "fault_status_unknown",
  "fault_status",
  "address_this_machine",
  "address_special",
  "address_resolved",
] as const satisfies RefusalCode[];

type Stored = { text: string; locale: Locale };

/** The English in which a reason is stored: REST and SQL show it as it is. */
export function reasonToStore(code: (typeof REASONS)[number]): string {
  return refusalText(refuse(code));
}

/** A stored reason in the reader's language; what is not known stays as it is. */
export function storedReason({ reason, locale }: { reason: string; locale: Locale }): string {
  const ended = recogniseRefusal({ text: reason, codes: REASONS_WITH_FAULT });
  const { fault } = ended?.params ?? {};
  if (ended && typeof fault === "string") {
    const params = { ...ended.params, fault: storedFault({ message: fault, locale }) };
    return refusalText({ ...ended, params }, locale);
  }
  return inWords({ text: reason, locale, codes: [...REASONS_WITH_FAULT, ...REASONS] });
}

/** What went wrong with an attempt, as it is stored, in the reader's language; what is not known stays as it is. */
export function storedFault({ message, locale }: { message: string; locale: Locale }): string {
  return inWords({ text: message, locale, codes: FAULTS });
}

function inWords({ text, locale, codes }: Stored & { codes: readonly RefusalCode[] }): string {
  if (locale === "en") return text;
  const refusal = recogniseRefusal({ text, codes });
  return refusal ? refusalText(refusal, locale) : text;
}
