import { useTranslations } from "next-intl";
import type { AttemptDetail } from "@/lib/log/get-attempt";
import { AttemptStatus } from "./attempt-status";
import { ExchangeCard } from "./exchange-card";

// What the sender reads of an answer at most, in bytes.
const KEPT_ANSWER = 16 * 1024;

/** What came back. */
export function AnswerCard({ attempt }: { attempt: AttemptDetail }) {
  const t = useTranslations("logs");
  const hiddenText = useHiddenText();
  const isCut = new Blob([attempt.response_body ?? ""]).size >= KEPT_ANSWER;
  if (attempt.response_status === null) {
    return (
      <p className="rounded-xl border border-dashed bg-card px-5 py-4 text-muted-foreground">
        {t("noAnswer")}
      </p>
    );
  }
  return (
    <ExchangeCard
      title={t("response")}
      line={<AttemptStatus success={attempt.success} status={attempt.response_status} />}
      headers={attempt.response_headers}
      body={attempt.response_body}
      hiddenText={hiddenText}
      note={isCut ? t("answerCut") : undefined}
    />
  );
}

/** What went out. */
export function RequestCard({ attempt }: { attempt: AttemptDetail }) {
  const t = useTranslations("logs");
  const hiddenText = useHiddenText();
  return (
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
  );
}

function useHiddenText(): string {
  const t = useTranslations("logs");
  const roles = useTranslations("common.roles");
  return t("bodiesHidden", { role: roles("operator") });
}
