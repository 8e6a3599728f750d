"use client";

import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { urlProblem } from "@/lib/outbound/url-problem";
import { refusalText } from "@/lib/refusals/refusal-text";
import { judgeUrlAction } from "../actions";
import { useAnswer } from "./use-answer";

/** A warning about http://, or why the server refuses an address that is well written. */
export function UrlNotice({ url }: { url: string }) {
  const t = useTranslations("webhookForm");
  const locale = useLocale();
  const trimmed = url.trim();
  const isWellWritten = trimmed !== "" && urlProblem(trimmed) === null;
  const input = isWellWritten ? { url: trimmed } : null;
  const { data, isStale } = useAnswer({ action: judgeUrlAction, input });
  const check = isStale ? null : data;
  const refusal = check === null || check.ok ? null : check.refusal;
  // What stays within the server (the inspector) has no warning, whatever its scheme.
  const isSafe = check?.ok === true && check.warning === undefined;
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
