"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import type { FieldMessage } from "@/lib/errors";
import type { TypedSecrets } from "@/lib/webhooks/import";
import { useAction } from "../../use-action";
import { useFormKey } from "../../use-form-key";
import { importWebhooksAction, planImportAction } from "./actions";
import { ImportEntryCard, type PlannedEntry } from "./import-entry-card";
import { readChosenFile } from "./read-chosen-file";

type Plan = { file: unknown; entries: PlannedEntry[] };

/** A file of webhooks: first what it would create and which secrets it lacks, then all that is ticked, or nothing. */
export function ImportForm() {
  const t = useTranslations("webhookFile");
  const router = useRouter();
  const [plan, setPlan] = useState<Plan | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [secrets, setSecrets] = useState<TypedSecrets>({});
  const [message, setMessage] = useState<string | null>(null);
  const [refused, setRefused] = useState<FieldMessage[]>([]);
  const [isBusy, startTransition] = useTransition();
  const planImport = useAction(planImportAction);
  const importWebhooks = useAction(useFormKey(importWebhooksAction));

  const read = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const picked = target.files?.[0];
    if (!picked) return;
    startTransition(async () => {
      setPlan(null);
      setSecrets({});
      setRefused([]);
      const result = await readChosenFile(picked);
      if (!result.ok) return setMessage(t(result.problem));
      const answer = await planImport({ file: result.file });
      if (!answer.ok) return setMessage(refusalIn(answer));
      setMessage(null);
      setPlan({ file: result.file, entries: answer.data });
      setChosen(new Set(answer.data.filter(({ errors }) => errors.length === 0).map(({ index }) => index)));
    });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!plan) return;
    startTransition(async () => {
      const input = { file: plan.file, chosen: [...chosen], secrets };
      const answer = await importWebhooks(input);
      setRefused(answer.ok ? [] : answer.errors);
      if (!answer.ok) return setMessage(answer.message);
      toast.success(t("imported", { count: answer.data.ids.length }));
      router.push("/webhooks");
    });
  };
  const tick = (index: number, isChosen: boolean) =>
    setChosen(
      (before) => new Set(isChosen ? [...before, index] : [...before].filter((one) => one !== index)),
    );
  const type = ({ index, field, value }: { index: number; field: string; value: string }) => {
    setSecrets((before) => ({ ...before, [index]: { ...before[index], [field]: value } }));
    setRefused((before) => before.filter(({ path }) => path !== `${index}.${field}`));
  };

  return (
    <form noValidate onSubmit={onSubmit} className="grid max-w-3xl gap-4">
      <Card className="p-4">
        <Field label={t("file")} hint={t("fileHint")}>
          {(control) => (
            <Input
              {...control}
              type="file"
              accept=".json,application/json"
              onChange={read}
              className="h-auto py-1.5 file:mr-3 file:rounded-md file:border-0 file:bg-secondary file:px-3 file:py-1 file:font-medium file:text-secondary-foreground"
            />
          )}
        </Field>
      </Card>
      {message && <FormMessage>{message}</FormMessage>}
      {plan && (
        <>
          <p aria-live="polite">{t("found", { count: plan.entries.length, chosen: chosen.size })}</p>
          <ul className="grid gap-3">
            {plan.entries.map((entry) => (
              <li key={entry.index}>
                <ImportEntryCard
                  entry={entry}
                  isChosen={chosen.has(entry.index)}
                  onChoose={(isChosen) => tick(entry.index, isChosen)}
                  typed={secrets[entry.index] ?? {}}
                  onType={(field, value) => type({ index: entry.index, field, value })}
                  refused={errorsOf({ refused, index: entry.index })}
                />
              </li>
            ))}
          </ul>
          <div className="flex justify-end">
            <Button type="submit" isBusy={isBusy} disabled={chosen.size === 0}>
              {t("import", { count: chosen.size })}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function errorsOf({ refused, index }: { refused: FieldMessage[]; index: number }): FieldMessage[] {
  const start = `${index}.`;
  return refused
    .filter(({ path }) => path.startsWith(start))
    .map(({ path, message }) => ({ path: path.slice(start.length), message }));
}

/** What is no file of webhooks has no fields that a form could show: its first error says it. */
function refusalIn({ message, errors }: { message: string; errors: FieldMessage[] }): string {
  const [first] = errors;
  return first ? `${first.path}: ${first.message}` : message;
}
