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
  const refusal = useRefusal({ url: trimmed, isWellWritten });
  const isHttp = isWellWritten && /^http:/i.test(trimmed);
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

/** What the server has against the address, asked for a moment after it was typed; null for nothing, or not yet. */
function useRefusal({ url, isWellWritten }: { url: string; isWellWritten: boolean }): Refusal | null {
  const [known, setKnown] = useState<{ url: string; refusal: Refusal | null } | null>(null);
  useEffect(() => {
    if (!isWellWritten) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await judgeUrlAction({ url });
      if (!isCurrent || !answer.ok) return;
      setKnown({ url, refusal: answer.data.ok ? null : answer.data.refusal });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [url, isWellWritten]);
  return known?.url === url ? known.refusal : null;
}
