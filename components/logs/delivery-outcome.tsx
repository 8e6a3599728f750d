import { useTranslations } from "next-intl";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";
import { isGivenUp } from "@/lib/log/given-up";
import { DeliveryWait } from "./delivery-wait";
import { NextAttempt } from "./next-attempt";

type DeliveryOutcomeProps = {
  delivery: DeliveryWithAttempts;
  /** The reason that was stored, in the reader's language. */
  reason: string | null;
};

/** One line below a delivery's state: when it goes on, or why it ended; nothing when it got through. */
export function DeliveryOutcome({ delivery, reason }: DeliveryOutcomeProps) {
  const t = useTranslations("logs");
  if (delivery.state === "succeeded") return null;
  if (delivery.state === "pending") {
    if (delivery.wait) return <DeliveryWait wait={delivery.wait} />;
    return <NextAttempt at={delivery.next_attempt_at} attempts={delivery.attempts} />;
  }
  const last = delivery.history.at(-1);
  // The stored reason repeats the last attempt's error, which stands beside that attempt in plain words.
  const isToldByAttempt = last && !last.success && last.error_code !== "gone" && !isGivenUp(delivery.reason);
  if (delivery.state === "failed" && isToldByAttempt) {
    return t("allFailed", { count: delivery.attempts });
  }
  return reason;
}
