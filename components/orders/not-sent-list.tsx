import { useTranslations } from "next-intl";
import type { TimelineDecision } from "@/lib/log/timeline-decisions";
import { SkipText } from "./skip-text";

type NotSentListProps = {
  decisions: TimelineDecision[];
  /** Shown at once where the event went to nobody: then this is the answer one came for. */
  isOpen: boolean;
};

const SHOWN = 100;

/** The webhooks that did not get an event, each with why. */
export function NotSentList({ decisions, isOpen }: NotSentListProps) {
  const t = useTranslations("orders");
  if (decisions.length === 0) return null;
  return (
    <details open={isOpen} className="group">
      <summary className="w-fit py-0.5 text-[0.8125rem] text-muted-foreground hover:text-foreground">
        {t("notSentCount", { count: decisions.length })}
      </summary>
      <ul className="mt-1.5 grid gap-px overflow-hidden rounded-md border border-dashed bg-border">
        {decisions.slice(0, SHOWN).map(({ webhook_id, webhook_name, skip }) => (
          <li key={webhook_id} className="grid gap-0.5 bg-background px-4 py-2.5 text-[0.8125rem]">
            <span className="truncate font-medium">{webhook_name}</span>
            <span className="text-muted-foreground [overflow-wrap:anywhere]">
              {skip && <SkipText reason={skip} />}
            </span>
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
