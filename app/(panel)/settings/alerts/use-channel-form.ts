import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { Action } from "../../use-action";
import { useFormAction } from "../../use-form-action";

type Options<Draft, Input> = {
  initial: Draft;
  action: Action<Input, void>;
  toInput: (draft: Draft) => Input;
};

/** What is typed into a form of the settings of alerts, and what came of saving it. */
export function useChannelForm<Draft extends object, Input>({
  initial,
  action,
  toInput,
}: Options<Draft, Input>) {
  const t = useTranslations("alerts");
  const [draft, setDraft] = useState(initial);
  const [saved, setSaved] = useState(initial);
  const { send, isBusy, message, errorOf } = useFormAction(action);
  return {
    draft,
    change: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })),
    /** `cleared`: a secret is kept, and never shown again. */
    submit: ({ cleared }: { cleared: Partial<Draft> }) =>
      send(toInput(draft), () => {
        const next = { ...draft, ...cleared };
        setDraft(next);
        setSaved(next);
        toast.success(t("saved"));
      }),
    isBusy,
    isDirty: JSON.stringify(draft) !== JSON.stringify(saved),
    message,
    errorOf,
  };
}
