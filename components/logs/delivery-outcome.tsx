import { useLocale, useTranslations } from "next-intl";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";
import { refusalText } from "@/lib/refusals/refusal-text";
import { DeliveryWait } from "./delivery-wait";
import { NextAttempt } from "./next-attempt";

/** One line below a delivery's state: when it goes on, or why it ended; nothing when it got through. */
export function DeliveryOutcome({ delivery }: { delivery: DeliveryWithAttempts }) {
  const t = useTranslations("logs");
  const locale = useLocale();
  if (delivery.state === "succeeded") return null;
  if (delivery.state === "pending") {
    if (delivery.wait) return <DeliveryWait wait={delivery.wait} />;
    return <NextAttempt at={delivery.next_attempt_at} attempts={delivery.attempts} />;
  }
  // The fault of the last attempt stands beside that attempt in plain words.
  const code = delivery.refusal?.code;
  if (delivery.history.length > 0 && (code === "attempt_failed" || code === "attempts_failed")) {
    return t("allFailed", { count: delivery.attempts });
  }
  return delivery.refusal && refusalText(delivery.refusal, locale);
}
