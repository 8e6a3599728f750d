"use client";

import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { NativeSelect } from "@/components/ui/native-select";
import type { WebhookChoice } from "@/lib/webhooks/list-choices";
import { useAction } from "../../use-action";
import { TestAnswer, TestLogLink } from "../../webhooks/test-answer";
import { testWithEventAction, webhookChoicesAction } from "../actions";

type Answer = Awaited<ReturnType<typeof testWithEventAction>>;

/** Sends the order of an event as a test to a webhook that is chosen; the webhooks are asked for when it opens. */
export function TestWithOrder({ eventId }: { eventId: string }) {
  const t = useTranslations("orders.test");
  const [choices, setChoices] = useState<Awaited<ReturnType<typeof webhookChoicesAction>> | null>(null);
  const [isLoading, startLoading] = useTransition();
  const readChoices = useAction(webhookChoicesAction);
  const open = () => startLoading(async () => setChoices(await readChoices({})));
  return (
    <>
      <Button variant="ghost" size="sm" isBusy={isLoading} onClick={open}>
        {!isLoading && <FlaskConical />} {t("button")}
      </Button>
      {choices && (
        <Dialog open onOpenChange={(isOpen) => isOpen || setChoices(null)}>
          <DialogContent className="max-w-2xl">
            <DialogHeader>
              <DialogTitle>{t("title")}</DialogTitle>
              <DialogDescription>{t("text")}</DialogDescription>
            </DialogHeader>
            {choices.ok ? (
              <TestForm eventId={eventId} choices={choices.data.choices} />
            ) : (
              <FormMessage>{choices.message}</FormMessage>
            )}
          </DialogContent>
        </Dialog>
      )}
    </>
  );
}

function TestForm({ eventId, choices }: { eventId: string; choices: WebhookChoice[] }) {
  const t = useTranslations("orders.test");
  const [webhookId, setWebhookId] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isSending, startSending] = useTransition();
  const test = useAction(testWithEventAction);
  const send = () =>
    startSending(async () => {
      if (webhookId !== null) setAnswer(await test({ eventId, webhookId }));
    });
  if (choices.length === 0) return <p>{t("noWebhooks")}</p>;
  return (
    <>
      <Field label={t("webhook")}>
        {(control) => (
          <NativeSelect
            {...control}
            value={webhookId ?? ""}
            onChange={({ target }) => {
              setWebhookId(Number(target.value));
              setAnswer(null);
            }}
          >
            <option value="" disabled>
              {t("choose")}
            </option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div aria-live="polite" aria-busy={isSending} className="grid gap-4 empty:hidden">
        <TestAnswer answer={answer} />
      </div>
      <DialogFooter>
        <TestLogLink answer={answer}>{t("openLog")}</TestLogLink>
        <Button isBusy={isSending} disabled={webhookId === null} onClick={send}>
          {t("send")}
        </Button>
      </DialogFooter>
    </>
  );
}
