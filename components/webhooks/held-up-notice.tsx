import { Hourglass, Unplug } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FaultTitle } from "@/components/logs/fault-title";
import { Moment } from "@/components/logs/moment";
import { cn } from "@/components/ui/cn";
import type { HeldUp } from "@/lib/log/held-up";
import type { LastFault } from "@/lib/log/last-faults";
import { NextProbe } from "./next-probe";
import { PauseText } from "./pause-text";

type HeldUpNoticeProps = {
  heldUp: HeldUp;
  fault: LastFault | undefined;
  /** How long it outlasts an outage; 0 or none where that is not told. */
  giveUpAfterMinutes?: number;
  /** Buttons, for those who may press them. */
  actions?: ReactNode;
  className?: string;
};

/** Why a webhook sends nothing now, what waits for it, and when it goes on. */
export function HeldUpNotice({
  heldUp,
  fault,
  giveUpAfterMinutes = 0,
  actions,
  className,
}: HeldUpNoticeProps) {
  const isDown = heldUp.kind === "down";
  const Icon = isDown ? Unplug : Hourglass;
  return (
    <div
      className={cn(
        "flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2.5 rounded-md px-3 py-2.5 text-[0.8125rem]",
        isDown ? "bg-danger-soft" : "bg-warning-soft",
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-80 gap-2">
        <Icon className={cn("mt-0.5 size-4 shrink-0", isDown ? "text-danger" : "text-warning")} aria-hidden />
        <div className="grid min-w-0 gap-0.5">
          <Reason heldUp={heldUp} fault={fault} />
          <p>
            <Waiting heldUp={heldUp} /> <Outlook heldUp={heldUp} giveUpAfterMinutes={giveUpAfterMinutes} />
          </p>
        </div>
      </div>
      {actions}
    </div>
  );
}

function Reason({ heldUp, fault }: Pick<HeldUpNoticeProps, "heldUp" | "fault">) {
  const t = useTranslations("webhooks");
  if (heldUp.kind === "held") {
    return (
      <p className="font-semibold text-warning [overflow-wrap:anywhere]">
        <PauseText pause={heldUp.pause} />
      </p>
    );
  }
  if (heldUp.kind === "paused") {
    return (
      <p className="font-semibold text-warning">
        {t.rich("heldUp.pausedUntil", { until: () => <Moment at={heldUp.until} /> })}
      </p>
    );
  }
  return (
    <p className="break-words text-danger">
      <span className="font-semibold">
        {t.rich("heldUp.downSince", { since: () => <Moment at={heldUp.since} /> })}
      </span>{" "}
      <FaultTitle code={fault?.code ?? null} fault={fault ? fault.fault : heldUp.fault} />
      {fault && (
        <>
          {". "}
          <Link href={`/logs/${fault.logId}`} className="rounded-sm underline underline-offset-4">
            {t("faultDetails")}
          </Link>
        </>
      )}
    </p>
  );
}

function Waiting({ heldUp: { orders, deliveries, isCapped } }: { heldUp: HeldUp }) {
  const t = useTranslations("webhooks.heldUp");
  if (deliveries === 0) return t("nothingWaits");
  if (isCapped) return t("manyDeliveries", { count: deliveries });
  return orders === null ? t("deliveries", { count: deliveries }) : t("orders", { count: orders });
}

function Outlook({ heldUp, giveUpAfterMinutes }: { heldUp: HeldUp; giveUpAfterMinutes: number }) {
  const t = useTranslations("webhooks.heldUp");
  const inWords = useDuration();
  if (heldUp.kind === "paused") return null;
  if (heldUp.kind === "held") return t("heldOutlook");
  const { deliveries, drainSeconds, nextProbeAt } = heldUp;
  return (
    <>
      {nextProbeAt && <NextProbe at={nextProbeAt} />}{" "}
      {deliveries > 0 &&
        (drainSeconds === null ? t("drainUnknown") : t("drain", { time: inWords(drainSeconds) }))}{" "}
      {giveUpAfterMinutes > 0 && t("giveUp", { time: inWords(giveUpAfterMinutes * 60) })}
    </>
  );
}

/** Seconds as a length of time in one unit. */
function useDuration(): (seconds: number) => string {
  const t = useTranslations("webhooks.heldUp.duration");
  return (seconds) => {
    if (seconds < 60) return t("seconds", { count: Math.max(1, seconds) });
    if (seconds < 2 * 3600) return t("minutes", { count: Math.round(seconds / 60) });
    return t("hours", { count: Math.round(seconds / 3600) });
  };
}
