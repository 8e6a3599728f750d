"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { FormMessage } from "@/components/ui/form-message";
import { AuthStep } from "@/components/webhooks/form/auth-step";
import { BasicsStep } from "@/components/webhooks/form/basics-step";
import { DryRunLine } from "@/components/webhooks/form/dry-run-line";
import { EventsStep } from "@/components/webhooks/form/events-step";
import { FiltersStep } from "@/components/webhooks/form/filters-step";
import { FormatStep } from "@/components/webhooks/form/format-step";
import { PayloadPreview } from "@/components/webhooks/form/payload-preview";
import { ReliabilityStep } from "@/components/webhooks/form/reliability-step";
import { StepNumber } from "@/components/webhooks/form/step";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { SET } from "@/lib/webhooks/field-kinds";
import { DRY_RUN_FIELDS, type DryRunField, mapFields } from "@/lib/webhooks/fields";
import { movedOrigin } from "@/lib/webhooks/moved-origin";
import { dryRunAction, recentEventsAction, seenNamesAction } from "../actions";
import { RotateSecret } from "./rotate-secret";
import { UnsavedGuard } from "./unsaved-guard";
import { UrlNotice } from "./url-notice";
import { useAfterPress } from "./use-after-press";
import { useAnswer, useOffered } from "./use-answer";
import { useDraft } from "./use-draft";
import { useSave } from "./use-save";

type WebhookFormProps = {
  initial: WebhookDraft;
  /** Null for a new webhook. */
  webhookId: number | null;
  exampleUrl: string;
};

/** The guide's steps on one page, with what they come to beside them. */
export function WebhookForm({ initial, webhookId, exampleUrl }: WebhookFormProps) {
  const t = useTranslations("webhookForm");
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, touch, errorOf, onJsonProblem, hasErrors, refuse, submit, isDirty } =
    useDraft(initial);
  const { save, message, isSaved } = useSave({ initial, webhookId, refuse });
  const afterPress = useAfterPress();
  const recent = useOffered(recentEventsAction);
  const seenNames = useOffered(seenNamesAction);
  const config = mapFields(DRY_RUN_FIELDS, (name) => draft[name]) as Pick<WebhookDraft, DryRunField>;
  const { data: dryRun, isStale } = useAnswer({ action: dryRunAction, input: config });
  const [isRotating, setIsRotating] = useState(false);
  const [isBusy, startTransition] = useTransition();
  const [attempts, setAttempts] = useState(0);

  // After the errors of an attempt to save are on the page.
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
    if (hasErrors) return setAttempts((count) => count + 1);
    startTransition(async () => {
      if (!(await save(draft))) setAttempts((count) => count + 1);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  const isMoved = movedOrigin({ from: initial.webhook_url, to: draft.webhook_url.trim() }) !== null;
  const section = { draft, onChange: change, errorOf };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const { name = "" } = event.target as unknown as HTMLInputElement;
        afterPress(() => touch(name));
      }}
      className="grid min-w-0 gap-4 xl:grid-cols-[minmax(0,1fr)_26rem] [&_:is(input,textarea)]:scroll-my-28"
    >
      <BasicsStep {...section} exampleUrl={exampleUrl} urlNotice={<UrlNotice url={draft.webhook_url} />} />
      <FormatStep {...section} />
      <PayloadPreview draft={draft} recent={recent} />
      <AuthStep
        {...section}
        onJsonProblem={onJsonProblem}
        isSet={{
          auth_token: initial.auth_token === SET && !isMoved,
          auth_password: initial.auth_password === SET && !isMoved,
        }}
        isMoved={isMoved}
        signing={{
          isSet: initial.signing_secret === SET,
          onRotate: webhookId === null ? undefined : () => setIsRotating(true),
        }}
      />
      <EventsStep {...section} />
      <FiltersStep {...section} seenNames={seenNames} onJsonProblem={onJsonProblem} />
      <ReliabilityStep {...section} />
      <div className="sticky bottom-0 z-10 -mx-4 grid gap-x-6 gap-y-2 border-t bg-background/95 px-4 py-3 backdrop-blur sm:-mx-6 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:px-6 lg:-mx-8 lg:px-8 xl:col-span-2">
        {message ? <FormMessage>{message}</FormMessage> : <DryRunLine result={dryRun} isStale={isStale} />}
        <div className="flex items-center justify-end gap-2">
          <StepNumber>7</StepNumber>
          <Button variant="outline" asChild>
            <Link href={webhookId === null ? "/webhooks" : `/webhooks/${webhookId}`}>{t("cancel")}</Link>
          </Button>
          <Button type="submit" isBusy={isBusy || isSaved}>
            {!(isBusy || isSaved) && <EmojiIcon emoji="✅" icon={Check} />} {t("save")}
          </Button>
        </div>
      </div>
      <UnsavedGuard isDirty={isDirty && !isSaved} />
      {isRotating && webhookId !== null && (
        <RotateSecret webhookId={webhookId} onClose={() => setIsRotating(false)} />
      )}
    </form>
  );
}
