import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FaultTitle } from "@/components/logs/fault-title";
import { cn } from "@/components/ui/cn";
import type { HeldUp } from "@/lib/log/held-up";
import type { LastFault } from "@/lib/log/last-faults";
import type { StripHour } from "@/lib/log/strips";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import type { BrowsedWebhook } from "@/lib/webhooks/browse";
import { LIST_GRID } from "./list-grid";
import { PauseText } from "./pause-text";
import { SparkBars } from "./spark-bars";
import { useFigures } from "./use-figures";
import { WebhookState } from "./webhook-state";

type WebhookRowProps = BrowsedWebhook & {
  hours: StripHour[];
  fault: LastFault | undefined;
  heldUp: HeldUp | undefined;
  /** Its buttons, for those who may press them. */
  actions: ReactNode;
  /** Ticks it, for what is done to many. */
  select?: ReactNode;
};

/** One webhook of the list: a row of the table, a card on a phone. */
export function WebhookRow(props: WebhookRowProps) {
  const { webhook, state, waiting, pause, hours, fault, heldUp, actions, select } = props;
  const { id, name, description, is_active: isActive } = webhook;
  return (
    <article
      aria-labelledby={`webhook-${id}`}
      className={cn(
        LIST_GRID,
        "grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-2.5 px-4 py-3 xl:h-[2.3125rem] xl:py-0 xl:hover:bg-muted/50",
      )}
    >
      <div className="flex min-w-0 items-center gap-2.5">
        {select}
        <div className="min-w-0 leading-tight">
          <h2
            id={`webhook-${id}`}
            className="font-medium text-[0.8125rem] max-xl:break-words max-xl:font-semibold max-xl:text-[0.9375rem] xl:truncate"
          >
            <Link
              href={`/webhooks/${id}`}
              prefetch={false}
              title={description ? `${name}\n${description}` : name}
              className="rounded-sm hover:underline"
            >
              {name}
            </Link>
          </h2>
          <Underline webhook={webhook} pause={pause} fault={fault} heldUp={heldUp} />
        </div>
      </div>
      <div>
        <WebhookState isActive={isActive} state={state} />
      </div>
      <SparkBars hours={hours} className="hidden h-5 w-full min-[88rem]:block" />
      <Figures webhook={webhook} waiting={waiting} />
      {actions && (
        <div className="col-span-2 flex items-center justify-end gap-1 xl:col-span-1 xl:gap-0">{actions}</div>
      )}
    </article>
  );
}

type UnderlineProps = Pick<WebhookRowProps, "webhook" | "pause" | "fault" | "heldUp">;

/** Below the name: what is wrong, else where it sends to. */
function Underline({ webhook, pause, fault, heldUp }: UnderlineProps) {
  const t = useTranslations("webhooks");
  const locale = useLocale();
  const { webhook_url: url, deactivated_reason: deactivated } = webhook;
  // A card has room for a reason's second line.
  const line = "truncate text-xs max-xl:mt-0.5 max-xl:line-clamp-2 max-xl:whitespace-normal";
  if (deactivated !== null) {
    return (
      <p className={cn(line, "text-danger")} title={url}>
        {t("deactivatedReason")} {refusalText(refuse("gone"), locale)}
      </p>
    );
  }
  if (fault) {
    return (
      <p className={cn(line, "text-danger")} title={url}>
        <Link href={`/logs/${fault.logId}`} prefetch={false} className="rounded-sm hover:underline">
          <FaultTitle code={fault.code} fault={fault.fault} />
        </Link>
      </p>
    );
  }
  if (pause) {
    return (
      <p className={cn(line, "text-warning")} title={url}>
        <PauseText pause={pause} />
      </p>
    );
  }
  if (heldUp?.kind === "down") {
    return (
      <p className={cn(line, "text-danger")} title={url}>
        {heldUp.fault && refusalText(heldUp.fault, locale)}
      </p>
    );
  }
  return (
    <p className="truncate font-mono text-[0.6875rem] text-muted-foreground max-xl:mt-0.5" title={url}>
      {url.replace(/^https:\/\//, "")}
    </p>
  );
}

const FIGURE_LOOKS = {
  sent: "xl:text-right",
  success: "xl:text-right",
  lastSent: "truncate",
  waiting: "xl:text-right",
};

function Figures(counted: Pick<WebhookRowProps, "webhook" | "waiting">) {
  return (
    <dl className="col-span-2 grid grid-cols-[auto_auto_auto_auto] justify-between gap-x-3 tabular-nums xl:contents xl:text-[0.8125rem]">
      {useFigures(counted).map(({ name, label, value }) => (
        <div key={name} className={cn("flex min-w-0 flex-col xl:block", FIGURE_LOOKS[name])}>
          <dt className="text-muted-foreground text-xs xl:sr-only">{label}</dt>
          <dd className="whitespace-nowrap max-xl:font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
