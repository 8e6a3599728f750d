import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { fieldError } from "@/components/ui/field-error";
import type { ActionResult } from "../../action";

type Refusal = Extract<ActionResult<unknown>, { ok: false }>;
type Options<Draft> = { initial: Draft; save: (draft: Draft) => Promise<ActionResult<void>> };

/** What is typed into a form of the settings of alerts, and what came of saving it. */
export function useChannelForm<Draft extends object>({ initial, save }: Options<Draft>) {
  const t = useTranslations("alerts");
  const [draft, setDraft] = useState(initial);
  const [saved, setSaved] = useState(initial);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, startTransition] = useTransition();
  const submit = ({ cleared }: { cleared: Partial<Draft> }) =>
    startTransition(async () => {
      const result = await save(draft);
      setRefusal(result.ok ? null : result);
      if (!result.ok) return;
      // A secret is kept, and never shown again.
      const next = { ...draft, ...cleared };
      setDraft(next);
      setSaved(next);
      toast.success(t("saved"));
    });
  const errors = refusal?.errors ?? [];
  return {
    draft,
    change: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })),
    submit,
    isBusy,
    isDirty: JSON.stringify(draft) !== JSON.stringify(saved),
    message: refusal !== null && errors.length === 0 ? refusal.message : null,
    errorOf: (path: string) => fieldError(errors, path),
  };
}
