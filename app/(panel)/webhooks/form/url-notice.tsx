"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { urlProblem } from "@/lib/outbound/url-problem";
import { refusalText } from "@/lib/refusals/refusal-text";
import type { Refusal } from "@/lib/refusals/refuse";
import { judgeUrlAction } from "../actions";

const WAIT_MS = 400;

/** A warning about http://, or why the server refuses an address that is well written. */
export function UrlNotice({ url }: { url: string }) {
  const t = useTranslations("webhookForm");
  const locale = useLocale();
  const trimmed = url.trim();
  const isWellWritten = trimmed !== "" && urlProblem(trimmed) === null;
  const { refusal, isSafe } = useJudgement({ url: trimmed, isWellWritten });
  const isHttp = isWellWritten && !isSafe && /^http:/i.test(trimmed);
  if (refusal === null && !isHttp) return null;
  return (
    <div
      role="status"
      className={cn(
        "flex gap-2 rounded-md px-3 py-2 text-[0.8125rem] text-pretty",
        refusal === null ? "bg-warning-soft text-warning" : "bg-danger-soft text-danger",
      )}
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {refusal === null ? (
        <p>{t("httpWarning")}</p>
      ) : (
        <div className="grid min-w-0 gap-1">
          <p className="break-words font-medium">{refusalText(refusal, locale)}</p>
          {refusal.code.startsWith("address_") && <p>{t("privateAddress")}</p>}
        </div>
      )}
    </div>
  );
}

type Judgement = {
  /** What the server has against the address; null for nothing, or not yet. */
  refusal: Refusal | null;
  /** It stays within the server (the inspector), whatever its scheme. */
  isSafe: boolean;
};

const UNKNOWN: Judgement = { refusal: null, isSafe: false };

/** What the server says of the address, asked for a moment after it was typed. */
function useJudgement({ url, isWellWritten }: { url: string; isWellWritten: boolean }): Judgement {
  const [known, setKnown] = useState<(Judgement & { url: string }) | null>(null);
  useEffect(() => {
    if (!isWellWritten) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await judgeUrlAction({ url }).catch(() => null);
      if (!isCurrent || !answer?.ok) return;
      const check = answer.data;
      setKnown({
        url,
        refusal: check.ok ? null : check.refusal,
        isSafe: check.ok && check.warning === undefined,
      });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [url, isWellWritten]);
  return known?.url === url ? known : UNKNOWN;
}
