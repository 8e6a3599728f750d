"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { setCookie } from "@/components/shell/set-cookie";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import type { FirstStep } from "@/lib/first-steps/get-first-steps";
import { CopyLine } from "./copy-line";
import { HIDDEN_COOKIE } from "./hidden-cookie";
import { Step } from "./step";

type StepListProps = {
  done: Record<FirstStep, boolean>;
  origin: string;
  /** Null for those who may not see it. */
  eventKey: string | null;
  canSetUpAlerts: boolean;
};

const link = "rounded-sm font-medium text-primary underline-offset-4 hover:underline";

/** From an empty product to the first delivery, each step ticked by what there is. */
export function StepList({ done, origin, eventKey, canSetUpAlerts }: StepListProps) {
  const t = useTranslations("firstSteps");
  const [isHidden, setIsHidden] = useState(false);
  if (isHidden) return null;
  const hide = () => {
    setCookie({ name: HIDDEN_COOKIE, value: "1" });
    setIsHidden(true);
  };
  const key = eventKey ?? "••••";
  return (
    <Card role="region" aria-labelledby="first-steps">
      <div className="flex items-start justify-between gap-3 px-5 pt-4 pb-1">
        <div className="grid gap-0.5">
          <h2 id="first-steps" className="font-semibold text-[0.9375rem]">
            {t("title")}
          </h2>
          <p className="text-[0.8125rem] text-muted-foreground">
            {t("progress", {
              done: Object.values(done).filter(Boolean).length,
              all: Object.keys(done).length,
            })}
          </p>
        </div>
        <Button variant="ghost" size="icon-sm" onClick={hide} aria-label={t("hide")}>
          <X />
        </Button>
      </div>
      <CardContent className="pt-2">
        <ol className="grid gap-4">
          <Step title={t("event")} isDone={done.event}>
            <p>{t("eventText")}</p>
            <dl className="grid gap-x-4 gap-y-1.5 md:grid-cols-[auto_minmax(0,1fr)]">
              <CopyLine label="IIKO_WEBHOOKS_URL" text={origin} />
              <CopyLine label="IIKO_WEBHOOKS_EVENT_KEY" text={key} canCopy={eventKey !== null} />
              <CopyLine label={t("fromIiko")} text={`${origin}/iiko/${key}`} canCopy={eventKey !== null} />
            </dl>
            {eventKey === null && <p>{t("keyHidden")}</p>}
            <p>
              <Link href="/settings/sources" className={link}>
                {t("sources")}
              </Link>
            </p>
          </Step>
          <Step title={t("webhook")} isDone={done.webhook}>
            <p>
              {t("webhookText")}{" "}
              <Link href="/webhooks/new" className={link}>
                {t("toForm")}
              </Link>
            </p>
          </Step>
          <Step title={t("delivery")} isDone={done.delivery}>
            <p>{t("deliveryText")}</p>
          </Step>
          <Step title={t("alerts")} isDone={done.alerts}>
            <p>
              {t("alertsText")}{" "}
              {canSetUpAlerts && (
                <Link href="/settings/alerts" className={link}>
                  {t("toAlerts")}
                </Link>
              )}
            </p>
          </Step>
        </ol>
      </CardContent>
    </Card>
  );
}
