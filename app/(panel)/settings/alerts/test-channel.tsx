"use client";

import { BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { ChannelName } from "@/lib/alerts/channel-names";
import { useAction } from "../../use-action";
import { testAlertChannelAction } from "./actions";

type TestChannelProps = { name: ChannelName; isDisabled?: boolean };

/** Sends a test by a channel as it is saved, and says below what came of it. */
export function TestChannel({ name, isDisabled = false }: TestChannelProps) {
  const t = useTranslations("alerts");
  const [outcome, setOutcome] = useState<{ ok: boolean; text: string } | null>(null);
  const [isBusy, startTransition] = useTransition();
  const testAlertChannel = useAction(testAlertChannelAction);
  const run = () =>
    startTransition(async () => {
      setOutcome(null);
      const result = await testAlertChannel({ name });
      setOutcome(result.ok ? { ok: true, text: t(`tested.${name}`) } : { ok: false, text: result.message });
    });
  return (
    <>
      <Button
        type="button"
        variant="outline"
        onClick={run}
        isBusy={isBusy}
        disabled={isDisabled}
        className="justify-self-start"
      >
        <BellRing /> {t("test")}
      </Button>
      <p
        role="status"
        className={
          outcome?.ok
            ? "basis-full rounded-md bg-success-soft px-3 py-2 text-success empty:hidden"
            : "basis-full rounded-md bg-danger-soft px-3 py-2 text-danger empty:hidden [overflow-wrap:anywhere]"
        }
      >
        {outcome?.text}
      </p>
    </>
  );
}
