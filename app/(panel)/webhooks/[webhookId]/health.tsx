import { Suspense } from "react";
import { Card } from "@/components/ui/card";
import { HeldUpNotice } from "@/components/webhooks/held-up-notice";
import { LastProblem } from "@/components/webhooks/last-problem";
import { PauseText } from "@/components/webhooks/pause-text";
import { Statistics } from "@/components/webhooks/statistics";
import { WebhookState } from "@/components/webhooks/webhook-state";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { listHeldUp } from "@/lib/log/held-up";
import { listLastFaults } from "@/lib/log/last-faults";
import { countWaitingFor } from "@/lib/webhooks/pause";
import type { Pause } from "@/lib/webhooks/pause-view";
import { webhookState } from "@/lib/webhooks/states";
import type { WebhookView } from "@/lib/webhooks/view";
import { HeldUpActions } from "../held-up-actions";
import { NothingFits } from "./nothing-fits";
import { ResendSince } from "./resend-since";

type HealthProps = { actor: Actor; webhook: WebhookView; pause: Pause | null };

/** How a webhook does: its state and figures, what waits, what is wrong, and what a manager can do about it. */
export async function Health({ actor, webhook, pause }: HealthProps) {
  const { id, name } = webhook;
  const [state, waiting, faults, heldUp] = await Promise.all([
    webhookState({ actor, webhookId: id }),
    countWaitingFor({ actor, webhookId: id }),
    listLastFaults({ actor, webhooks: [webhook] }),
    listHeldUp({ actor, webhookIds: [id] }),
  ]);
  const held = heldUp.get(id);
  const canManage = hasRole(actor, "manager");
  return (
    <Card className="grid gap-y-3 p-4 lg:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-10 gap-y-3">
        <WebhookState isActive={webhook.is_active} state={state} />
        <Statistics webhook={webhook} waiting={waiting} />
      </div>
      {held ? (
        <HeldUpNotice
          heldUp={held}
          fault={faults.get(id)}
          giveUpAfterMinutes={webhook.give_up_after_minutes}
          actions={canManage && <HeldUpActions webhook={{ id, name }} heldUp={held} />}
        />
      ) : (
        <LastProblem isDeactivated={webhook.deactivated_reason !== null} fault={faults.get(id)} />
      )}
      {pause && !pause.holdsOrders && (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
          <PauseText pause={pause} />
        </p>
      )}
      <Suspense fallback={null}>
        <NothingFits actor={actor} webhook={webhook} />
      </Suspense>
      {canManage && webhook.total_failed > 0 && (
        <div className="border-t pt-3">
          <ResendSince webhookId={id} />
        </div>
      )}
    </Card>
  );
}
