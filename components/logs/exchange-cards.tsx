import { useTranslations } from "next-intl";
import type { AttemptDetail } from "@/lib/log/get-attempt";
import { AttemptStatus } from "./attempt-status";
import { ExchangeCard } from "./exchange-card";

// What the sender reads of an answer at most, in bytes.
const KEPT_ANSWER = 16 * 1024;

/** What went out and what came back. */
export function ExchangeCards({ attempt }: { attempt: AttemptDetail }) {
  const t = useTranslations("logs");
  const roles = useTranslations("common.roles");
  const hiddenText = t("bodiesHidden", { role: roles("operator") });
  const hasAnswer = attempt.response_status !== null;
  const isCut = new Blob([attempt.response_body ?? ""]).size >= KEPT_ANSWER;
  return (
    <>
      <ExchangeCard
        title={t("request")}
        line={
          <span>
            {attempt.request_method} <bdi>{attempt.request_url}</bdi>
          </span>
        }
        headers={attempt.request_headers}
        body={attempt.request_body}
        hiddenText={hiddenText}
      />
      {hasAnswer ? (
        <ExchangeCard
          title={t("response")}
          line={<AttemptStatus success={attempt.success} status={attempt.response_status} />}
          headers={attempt.response_headers}
          body={attempt.response_body}
          hiddenText={hiddenText}
          note={isCut ? t("answerCut") : undefined}
        />
      ) : (
        <p className="rounded-xl border border-dashed bg-card px-5 py-4 text-muted-foreground">
          {t("noAnswer")}
        </p>
      )}
    </>
  );
}
