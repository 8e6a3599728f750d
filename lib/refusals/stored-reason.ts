import type { Locale } from "@/lib/i18n/locales";
import { EN } from "./en";
import { refusalText } from "./refusal-text";
import { type RefusalCode, refuse } from "./refuse";
import { storedFault } from "./stored-fault";

/** Why a delivery ended or a webhook was switched off, as far as these are stored for a reader. */
const STORED = [
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

/** The English in which a reason is stored: REST and SQL show it as it is. */
export function reasonToStore(code: (typeof STORED)[number]): string {
  return refusalText(refuse(code));
}

// As db/queries/flows writes it.
const GIVEN_UP = /^Given up after (\d+) minutes\.(?: The last fault: (.+))?$/s;

// As lib/deliveries/retry-policy writes it.
const USED_UP = /^(?:The only attempt|All (\d+) attempts) failed\. (.+)$/s;

/** A stored reason in the reader's language; what is not known stays as it is. */
export function storedReason({ reason, locale }: { reason: string; locale: Locale }): string {
  const [isGivenUp, minutes = "", fault] = GIVEN_UP.exec(reason) ?? [];
  if (isGivenUp && fault)
    return refusalText(
      refuse("given_up_fault", { minutes, fault: storedFault({ message: fault, locale }) }),
      locale,
    );
  if (isGivenUp) return refusalText(refuse("given_up", { minutes }), locale);
  const [isUsedUp, attempts, last = ""] = USED_UP.exec(reason) ?? [];
  if (isUsedUp) {
    const fault = storedFault({ message: last, locale });
    const said = attempts
      ? refuse("attempts_failed", { attempts, fault })
      : refuse("attempt_failed", { fault });
    return refusalText(said, locale);
  }
  const code = STORED.find((known) => EN[known] === reason);
  return code ? refusalText({ code }, locale) : reason;
}
