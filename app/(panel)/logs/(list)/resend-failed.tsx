"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "../../use-action";
import { useToldAction } from "../../use-told-action";
import { countFailedAction, resendFailedAction } from "../actions";
import type { LogSearch } from "../log-search";
import { type FailedCounts, FailedCountsText, totalToResend } from "./failed-counts";

/** Resends what failed within the filters; first counts it, then asks. */
export function ResendFailed({ search }: { search: LogSearch }) {
  const t = useTranslations("logs.resendFailed");
  const [counts, setCounts] = useState<FailedCounts | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isCounting, startCounting] = useTransition();
  const countFailed = useAction(countFailedAction);
  const resendFailed = useToldAction(resendFailedAction, ({ count }) => t("done", { count }));
  const count = () =>
    startCounting(async () => {
      const answer = await countFailed(search);
      if (!answer.ok) return void toast.error(answer.message);
      if (totalToResend(answer.data) === 0) {
        return void toast.info(answer.data.counts.length === 0 ? t("none") : t("allOff"));
      }
      setCounts(answer.data);
      setIsOpen(true);
    });
  return (
    <>
      <Button
        variant="outline"
        isBusy={isCounting}
        onClick={count}
        className="max-sm:px-2.5 max-sm:text-[0.8125rem]"
      >
        <RotateCw className={isCounting ? "hidden" : undefined} /> {t("button")}
      </Button>
      {counts && (
        <ConfirmDialog
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          title={t("title")}
          description={<FailedCountsText {...counts} />}
          confirmLabel={t("confirm", { count: totalToResend(counts) })}
          onConfirm={() => resendFailed(search)}
          variant="primary"
        />
      )}
    </>
  );
}
