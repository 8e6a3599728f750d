"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FaultTitle } from "@/components/logs/fault-title";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { Done } from "./bulk-verbs";
import type { BulkRun } from "./use-bulk";

/** What came of each: of tests all, of anything else those that failed. */
export function BulkResults({ run, onClose }: { run: BulkRun; onClose: () => void }) {
  const t = useTranslations("bulk");
  const { verb, webhooks, done, isOver } = run;
  const succeeded = done.filter(({ isDone }) => isDone).length;
  const shown = verb === "test" ? done : done.filter(({ isDone }) => !isDone);
  const names = new Map(webhooks.map(({ id, name }) => [id, name]));
  return (
    <Dialog open onOpenChange={(isOpen) => isOpen || !isOver || onClose()}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>{t(verb)}</DialogTitle>
          <DialogDescription aria-live="polite">
            {isOver
              ? t("over", { succeeded, total: webhooks.length })
              : t("running", { done: done.length, total: webhooks.length })}
          </DialogDescription>
        </DialogHeader>
        {shown.length > 0 && (
          <ul className="grid max-h-[50dvh] gap-px overflow-y-auto rounded-lg border bg-border">
            {shown.map((one) => (
              <ResultLine key={one.webhookId} done={one} name={names.get(one.webhookId) ?? ""} />
            ))}
          </ul>
        )}
        <DialogFooter>
          <Button onClick={onClose} isBusy={!isOver}>
            {t("close")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function ResultLine({ done: { isDone, message, test }, name }: { done: Done; name: string }) {
  const t = useTranslations("bulk");
  const Icon = isDone ? CircleCheck : CircleAlert;
  return (
    <li className="flex items-start gap-2.5 bg-card px-3 py-2 text-[0.8125rem]">
      <Icon
        className={isDone ? "mt-0.5 size-4 shrink-0 text-success" : "mt-0.5 size-4 shrink-0 text-danger"}
        aria-hidden
      />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
        {test && test.statusCode !== null && (
          <span className="text-muted-foreground">
            {t("taken", { status: String(test.statusCode), duration: test.durationMs })}
          </span>
        )}
        {!isDone && (
          <span className="text-danger [overflow-wrap:anywhere]">
            {test ? <FaultTitle code={test.errorCode} fault={test.fault} /> : message}
          </span>
        )}
      </div>
      {test && test.logId !== null && (
        <Link href={`/logs/${test.logId}`} className="shrink-0 text-primary underline underline-offset-4">
          {t("log")}
        </Link>
      )}
    </li>
  );
}
