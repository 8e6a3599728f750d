"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import { later } from "@/components/ui/later";
import type { Pause } from "@/lib/webhooks/pause-view";
import { useAction } from "../use-action";
import { useToldAction } from "../use-told-action";
import { countWaitingAction, pauseNowAction, switchOnAction } from "./actions";

const PauseDialog = later(async () => (await import("./pause-dialog")).PauseDialog);

type PausedWebhook = { id: number; name: string; is_active: boolean; pause: Pause | null };

/**
 * ⏸ and ▶️. Where something waits ⏸ asks what becomes of it; else the webhook is paused at once, and a reason and an
 * end can be added.
 */
export function usePause({ id, name, is_active: isActive, pause }: PausedWebhook): {
  toggle: () => void;
  /** Asks for the pause's reason and end. */
  edit: () => void;
  isBusy: boolean;
  /** To be rendered. */
  question: ReactNode;
} {
  const t = useTranslations("webhooks");
  const [waiting, setWaiting] = useState<number | null>(null);
  const [isBusy, start] = useTransition();
  const countWaiting = useAction(countWaitingAction);
  const pauseAtOnce = useAction(pauseNowAction);
  const switchOnAgain = useToldAction(switchOnAction, () =>
    t(pause?.holdsOrders ? "pause.resumed" : "switchedOn", { name }),
  );

  const edit = () =>
    start(async () => {
      const answer = await countWaiting({ webhookId: id });
      if (answer.ok) setWaiting(answer.data.waiting);
      else toast.error(answer.message);
    });
  const pauseNow = () =>
    start(async () => {
      const answer = await pauseAtOnce({ webhookId: id });
      if (!answer.ok) toast.error(answer.message);
      else if (!answer.data.isPaused) setWaiting(answer.data.waiting);
      else
        toast.success(t("pause.held", { name }), { action: { label: t("pause.addReason"), onClick: edit } });
    });
  const switchOn = () => start(async () => void (await switchOnAgain({ webhookId: id })));
  return {
    toggle: isActive ? pauseNow : switchOn,
    edit,
    isBusy,
    question: waiting !== null && (
      <PauseDialog webhook={{ id, name }} pause={pause} waiting={waiting} onClose={() => setWaiting(null)} />
    ),
  };
}
