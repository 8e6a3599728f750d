import { Check, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { FaultExplanation } from "@/components/logs/fault-explanation";
import { cn } from "@/components/ui/cn";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import type { TestResult } from "@/lib/deliveries/test-send";
import type { AttemptDetail } from "@/lib/log/get-attempt";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { refusalText } from "@/lib/refusals/refusal-text";
import { ExchangePart } from "./exchange-part";

type TestOutcomeProps = { result: TestResult; attempt: AttemptDetail | null };

/** ✅ with the status code and the time, or ❌ with what went wrong and what to do; then the exchange itself. */
export function TestOutcome({ result, attempt }: TestOutcomeProps) {
  return (
    <>
      <Verdict result={result} />
      {attempt && <Exchange attempt={attempt} />}
    </>
  );
}

function Verdict({ result: { success, statusCode, durationMs, fault, errorCode } }: { result: TestResult }) {
  const t = useTranslations("webhookTest");
  const locale = useLocale();
  return (
    <div
      className={cn(
        "grid gap-2 rounded-lg px-4 py-3",
        success ? "bg-success-soft text-success" : "bg-danger-soft text-danger",
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2 font-semibold text-[0.9375rem]">
        <EmojiIcon emoji={success ? "✅" : "❌"} icon={success ? Check : X} className="size-5 shrink-0" />
        {t(success ? "success" : "failure")}
        <span className="ml-auto font-medium text-sm tabular-nums">
          {statusCode !== null && <span>{t("statusCode", { status: statusCode })} · </span>}
          <span>{t("duration", { ms: durationMs })}</span>
        </span>
      </p>
      {errorCode !== null && <FaultExplanation code={errorCode as DeliveryErrorCode} />}
      {fault && <p className="break-words text-xs">{refusalText(fault, locale)}</p>}
    </div>
  );
}

function Exchange({ attempt }: { attempt: AttemptDetail }) {
  const t = useTranslations("webhookTest");
  return (
    <div className="grid gap-4">
      <ExchangePart
        title={t("request")}
        line={`${attempt.request_method} ${attempt.request_url}`}
        headers={attempt.request_headers}
        body={attempt.request_body ?? null}
      />
      {attempt.response_status !== null && (
        <ExchangePart
          title={t("response")}
          line={`HTTP ${attempt.response_status}`}
          headers={attempt.response_headers}
          body={attempt.response_body ?? null}
        />
      )}
    </div>
  );
}
