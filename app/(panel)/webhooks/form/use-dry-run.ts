"use client";

import { useEffect, useState } from "react";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import type { DryRun } from "@/lib/webhooks/dry-run";
import { DRY_RUN_FIELDS, mapFields } from "@/lib/webhooks/fields";
import { dryRunAction } from "../actions";

const WAIT_MS = 400;

/** What the form's events and filters would have sent, asked for again a moment after they change. */
export function useDryRun(draft: WebhookDraft): { result: DryRun | null; isStale: boolean } {
  const asked = JSON.stringify(mapFields(DRY_RUN_FIELDS, (name) => draft[name]));
  const [answer, setAnswer] = useState<{ asked: string; result: DryRun } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await dryRunAction(JSON.parse(asked)).catch(() => null);
      if (isCurrent && result?.ok) setAnswer({ asked, result: result.data });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked]);
  return { result: answer?.result ?? null, isStale: answer?.asked !== asked };
}
