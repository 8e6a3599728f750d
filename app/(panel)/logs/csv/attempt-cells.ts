import { getLocale, getTranslations } from "next-intl/server";
import type { AttemptRow } from "@/db/queries/logs";
import type { CsvCell } from "@/lib/csv";
import { createZonedTime } from "@/lib/i18n/zoned-time";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { refusalText } from "@/lib/refusals/refusal-text";

type Words = Awaited<ReturnType<typeof csvWords>>;

/** The texts of a file in the reader's language, with its times in the reader's zone. */
export async function csvWords(timeZone: string) {
  const t = await getTranslations("logs");
  const faults = await getTranslations("faults");
  const locale = await getLocale();
  const titles = new Map<string, string | null>();
  const titleOf = (code: string): string | null => {
    const known = titles.get(code);
    if (known !== undefined) return known;
    const key = `${code as DeliveryErrorCode}.title` as const;
    const title = faults.has(key) ? faults(key) : null;
    titles.set(code, title);
    return title;
  };
  return {
    t,
    titleOf,
    locale,
    timeOf: createZonedTime(timeZone),
    done: t("csv.done"),
    failed: t("csv.failed"),
  };
}

export function csvHead({ t }: Words): string[] {
  return [
    t("date"),
    t("webhook"),
    t("csv.webhookId"),
    t("order"),
    t("csv.orderId"),
    t("event"),
    t("attempt"),
    t("csv.success"),
    t("csv.status"),
    t("duration"),
    t("error"),
    t("csv.message"),
    t("csv.url"),
    t("eventId"),
    t("deliveryId"),
    t("csv.logId"),
  ];
}

/** An attempt as a line under `csvHead`. */
export function attemptCells({ attempt, words }: { attempt: AttemptRow; words: Words }): CsvCell[] {
  const { titleOf, timeOf, locale, done, failed } = words;
  return [
    timeOf(attempt.created_at),
    attempt.webhook_name,
    attempt.webhook_id,
    attempt.order_external_id,
    attempt.order_id,
    attempt.event_type,
    attempt.attempt_number,
    attempt.success ? done : failed,
    attempt.response_status,
    attempt.duration_ms,
    attempt.error_code === null ? null : titleOf(attempt.error_code),
    attempt.fault && refusalText(attempt.fault, locale),
    attempt.request_url,
    attempt.event_id,
    attempt.delivery_id,
    attempt.id,
  ];
}
