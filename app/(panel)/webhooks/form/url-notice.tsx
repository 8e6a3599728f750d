"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { translateRefusal } from "@/lib/i18n/translate-refusal";
import { urlProblem } from "@/lib/webhooks/url-problem";
import { judgeUrlAction } from "../actions";

const WAIT_MS = 400;

/** What the server thinks of an address that is well written: a warning about http://, or why it refuses it. */
export function UrlNotice({ url }: { url: string }) {
  const t = useTranslations("webhookForm");
  const locale = useLocale();
  const judged = useJudgement(url.trim());
  if (judged === null || (judged.ok && judged.warning === undefined)) return null;
  return (
    <div
      role="status"
      className={cn(
        "flex gap-2 rounded-md px-3 py-2 text-[0.8125rem] text-pretty",
        judged.ok ? "bg-warning-soft text-warning" : "bg-danger-soft text-danger",
      )}
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {judged.ok ? (
        <p>{t("httpWarning")}</p>
      ) : (
        <div className="grid min-w-0 gap-1">
          <p className="break-words font-medium">{translateRefusal({ message: judged.message, locale })}</p>
          {judged.message.includes("OUTBOUND_ALLOW") && <p>{t("privateAddress")}</p>}
        </div>
      )}
    </div>
  );
}

type Judgement = { ok: true; warning?: "http" } | { ok: false; message: string };

function useJudgement(url: string): Judgement | null {
  const [known, setKnown] = useState<{ url: string; judgement: Judgement } | null>(null);
  const isWellWritten = url !== "" && urlProblem(url) === null;
  useEffect(() => {
    if (!isWellWritten) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await judgeUrlAction({ url });
      if (isCurrent && answer.ok) setKnown({ url, judgement: answer.data });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [url, isWellWritten]);
  return isWellWritten && known?.url === url ? known.judgement : null;
}
