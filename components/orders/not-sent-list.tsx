import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TimelineDecision } from "@/lib/log/timeline-decisions";
import { SkipText } from "./skip-text";

type NotSentListProps = {
  decisions: TimelineDecision[];
  /** Shown at once where the event went to nobody: then this is the answer one came for. */
  isOpen: boolean;
  actionFor: (decision: TimelineDecision) => ReactNode;
};

const SHOWN = 100;

/** The webhooks that did not get an event, each with why. */
export function NotSentList({ decisions, isOpen, actionFor }: NotSentListProps) {
  const t = useTranslations("orders");
  if (decisions.length === 0) return null;
  return (
    <details open={isOpen} className="group">
      <summary className="w-fit py-0.5 text-[0.8125rem] text-muted-foreground hover:text-foreground">
        {t("notSentCount", { count: decisions.length })}
      </summary>
      <ul className="mt-1.5 grid gap-px overflow-hidden rounded-md border border-dashed bg-border">
        {decisions.slice(0, SHOWN).map((decision) => (
          <li
            key={decision.webhook_id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 bg-background px-4 py-2.5 text-[0.8125rem]"
          >
            <span className="grid min-w-0 gap-0.5">
              <span className="truncate font-medium">{decision.webhook_name}</span>
              <span className="text-muted-foreground [overflow-wrap:anywhere]">
                {decision.skip && <SkipText reason={decision.skip} />}
              </span>
            </span>
            {actionFor(decision)}
          </li>
        ))}
      </ul>
      {decisions.length > SHOWN && (
        <p className="mt-1.5 text-muted-foreground text-[0.8125rem]">
          {t("moreDecisions", { count: decisions.length - SHOWN })}
        </p>
      )}
    </details>
  );
}
