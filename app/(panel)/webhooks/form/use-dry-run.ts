"use client";

import { useEffect, useState } from "react";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import type { DryRun } from "@/lib/webhooks/dry-run";
import { dryRunAction } from "../actions";

const WAIT_MS = 400;

/** What the form's events and filters would have sent, asked for again a moment after they change. */
export function useDryRun(draft: WebhookDraft): { result: DryRun | null; isStale: boolean } {
  const asked = JSON.stringify({
    send_on_order_created: draft.send_on_order_created,
    send_on_order_updated: draft.send_on_order_updated,
    send_on_order_status_changed: draft.send_on_order_status_changed,
    send_on_order_cancelled: draft.send_on_order_cancelled,
    filter_organization_ids: draft.filter_organization_ids,
    filter_order_types: draft.filter_order_types,
    filter_statuses: draft.filter_statuses,
  });
  const [answer, setAnswer] = useState<{ asked: string; result: DryRun } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await dryRunAction(JSON.parse(asked));
      if (isCurrent && result.ok) setAnswer({ asked, result: result.data });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return { result: answer?.result ?? null, isStale: answer?.asked !== asked };
}
