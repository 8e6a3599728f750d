"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { FieldMessage } from "@/lib/errors";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { changedInput, toInput } from "@/lib/webhooks/draft-input";
import { useAction } from "../../use-action";
import { useFormKey } from "../../use-form-key";
import { createWebhookAction, updateWebhookAction } from "../actions";

type SaveOptions = {
  initial: WebhookDraft;
  webhookId: number | null;
  refuse: (errors: FieldMessage[]) => void;
};

/** Saves the form and leaves it; a refusal stays with its message, its errors at their fields. */
export function useSave({ initial, webhookId, refuse }: SaveOptions) {
  const t = useTranslations("webhookForm");
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const createWebhook = useAction(useFormKey(createWebhookAction));
  const updateWebhook = useAction(updateWebhookAction);

  /** Whether it was saved. */
  const save = async (draft: WebhookDraft): Promise<boolean> => {
    setMessage(null);
    refuse([]);
    const answer =
      webhookId === null
        ? await createWebhook({ ...toInput(draft), name: draft.name, webhook_url: draft.webhook_url })
        : await updateWebhook({ webhookId, changes: changedInput({ before: initial, after: draft }) });
    if (!answer.ok) {
      setMessage(answer.message);
      refuse(answer.errors.map((error) => ({ ...error, path: error.path.replace(/^changes\./, "") })));
      return false;
    }
    setIsSaved(true);
    toast.success(t("saved", { name: draft.name.trim() }));
    router.push(webhookId === null ? "/webhooks" : `/webhooks/${webhookId}`);
    return true;
  };
  return { save, message, isSaved };
}
