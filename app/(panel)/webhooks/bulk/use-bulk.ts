"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { bulkAction } from "./bulk-action";
import { BULK_AT_ONCE, type BulkVerb, type Done } from "./bulk-verbs";
import type { SelectableWebhook } from "./selection";

export type BulkRun = {
  verb: BulkVerb;
  webhooks: SelectableWebhook[];
  /** Grows while it runs. */
  done: Done[];
  isOver: boolean;
};

/** Does the same to many webhooks, a few at a time; of each that was not done it says so, also when the network ends. */
export function useBulk() {
  const t = useTranslations("bulk");
  const [run, setRun] = useState<BulkRun | null>(null);

  const start = async ({ verb, webhooks }: Pick<BulkRun, "verb" | "webhooks">): Promise<BulkRun> => {
    const ids = webhooks.map(({ id }) => id);
    let done: Done[] = [];
    setRun({ verb, webhooks, done, isOver: false });
    while (done.length < ids.length) {
      const next = ids.slice(done.length, done.length + BULK_AT_ONCE);
      const answer = await bulkAction({ verb, webhookIds: next }).catch(() => null);
      if (answer?.ok) {
        done = [...done, ...answer.data.results];
        setRun({ verb, webhooks, done, isOver: false });
        continue;
      }
      const failed = next.map((webhookId) => toUndone(webhookId, answer?.message ?? t("unknown")));
      const rest = ids.slice(done.length + next.length).map((id) => toUndone(id, t("notStarted")));
      done = [...done, ...failed, ...rest];
    }
    const over = { verb, webhooks, done, isOver: true };
    setRun(over);
    return over;
  };
  return { run, start, close: () => setRun(null) };
}

function toUndone(webhookId: number, message: string): Done {
  return { webhookId, isDone: false, message };
}
