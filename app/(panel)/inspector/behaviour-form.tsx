"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ChoiceSelect } from "@/components/ui/choice-select";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { ANSWERS, type Behaviour, OCCASIONS, USUAL_BEHAVIOUR } from "@/lib/inspector/behaviour";
import { useFormAction } from "../use-form-action";
import { changeBehaviourAction } from "./actions";

/** Numbers as they are typed. */
type Draft = Omit<Behaviour, NumberName> & Record<NumberName, string>;
type NumberName = "count" | "delaySeconds" | "retryAfterSeconds";

/** What the inspector answers, and to which requests; it holds for all who test. */
export function BehaviourForm({ initial }: { initial: Behaviour }) {
  const t = useTranslations("inspector");
  const [draft, setDraft] = useState(() => toDraft(initial));
  const { send, isBusy, refused, errorOf } = useFormAction(changeBehaviourAction);
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }));

  const apply = (next: Draft) => send(toBehaviour(next), () => toast.success(t("saved")));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    apply(draft);
  };
  const number = { draft, change, errorOf };
  const isBusyAnswer = draft.answer === "429" || draft.answer === "503";
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-3 border-t pt-4">
      <h2 className="font-semibold text-[0.9375rem]">{t("behaviour")}</h2>
      <div className="grid grid-cols-2 items-start gap-4 xl:auto-cols-[9rem] xl:grid-flow-col xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1.6fr)]">
        <Field label={t("answer")} error={errorOf("answer")} className="max-sm:col-span-2">
          {(control) => (
            <ChoiceSelect
              {...control}
              value={draft.answer}
              values={ANSWERS}
              textOf={(answer) => t(`answers.${answer}`)}
              onChoose={(answer) => change({ answer })}
            />
          )}
        </Field>
        <Field
          label={t("when")}
          error={errorOf("when")}
          hint={draft.when === "always" ? undefined : t("othersGet")}
          className="max-sm:col-span-2"
        >
          {(control) => (
            <ChoiceSelect
              {...control}
              value={draft.when}
              values={OCCASIONS}
              textOf={(when) => t(`occasions.${when}`)}
              onChoose={(when) => change({ when })}
            />
          )}
        </Field>
        {draft.when !== "always" && <NumberField {...number} name="count" label={t("count")} />}
        <NumberField {...number} name="delaySeconds" label={t("delay")} hint={t("delayHint")} />
        {isBusyAnswer && <NumberField {...number} name="retryAfterSeconds" label={t("retryAfter")} />}
      </div>
      {draft.answer !== "drop" && (
        <Field label={t("body")} hint={t("bodyHint")} error={errorOf("body")}>
          {(control) => (
            <Textarea
              {...control}
              value={draft.body}
              onChange={({ target }) => change({ body: target.value })}
              spellCheck={false}
              rows={1}
              className="min-h-9 font-mono text-xs"
            />
          )}
        </Field>
      )}
      {refused && <FormMessage>{refused.message}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" isBusy={isBusy}>
          {t("save")}
        </Button>
        <Button type="button" variant="outline" onClick={() => apply(toDraft(USUAL_BEHAVIOUR))}>
          {t("reset")}
        </Button>
      </div>
    </form>
  );
}

type NumberFieldProps = {
  name: NumberName;
  label: string;
  hint?: string;
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  errorOf: (name: string) => string | undefined;
};

function NumberField({ name, label, hint, draft, change, errorOf }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={errorOf(name)}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          value={draft[name]}
          onChange={({ target }) => change({ [name]: target.value })}
          autoComplete="off"
          className="tabular-nums"
        />
      )}
    </Field>
  );
}

function toDraft(behaviour: Behaviour): Draft {
  const { count, delaySeconds, retryAfterSeconds } = behaviour;
  return {
    ...behaviour,
    count: String(count),
    delaySeconds: String(delaySeconds),
    retryAfterSeconds: String(retryAfterSeconds),
  };
}

function toBehaviour(draft: Draft): Behaviour {
  return {
    ...draft,
    count: whole(draft.count),
    delaySeconds: whole(draft.delaySeconds),
    retryAfterSeconds: whole(draft.retryAfterSeconds),
  };
}

// What is no number is refused by the server with its range.
function whole(typed: string): number {
  return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : -1;
}
