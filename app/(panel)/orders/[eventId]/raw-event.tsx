"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { BodyView } from "@/components/logs/body-view";
import { FormMessage } from "@/components/ui/form-message";
import { Skeleton } from "@/components/ui/skeleton";
import { useAction } from "../../use-action";
import { rawEventAction } from "../actions";

type RawEventProps = { eventId: string; isFromIiko: boolean; isRejected: boolean };
type Answer = Awaited<ReturnType<typeof rawEventAction>>;

// More is slow to lay out and nobody reads it here; copying takes all.
const MAX_SHOWN = 100_000;

/** What came in, as it came; fetched when somebody opens it, for an order may have many large ones. */
export function RawEvent({ eventId, isFromIiko, isRejected }: RawEventProps) {
  const t = useTranslations("orders.raw");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [, startLoading] = useTransition();
  const readRaw = useAction(rawEventAction);
  const isAsked = useRef(false);
  // What was not accepted is kept whole.
  const kind = isFromIiko ? "made" : "data";
  const load = () => {
    if (isAsked.current) return;
    isAsked.current = true;
    startLoading(async () => {
      const loaded = await readRaw({ eventId });
      isAsked.current = loaded.ok;
      setAnswer(loaded);
    });
  };
  return (
    <details className="group min-w-0" onToggle={(event) => event.currentTarget.open && load()}>
      <summary className="w-fit py-0.5 text-[0.8125rem] text-muted-foreground hover:text-foreground">
        {t(isFromIiko ? "iiko" : "title")}
      </summary>
      <div className="mt-1.5 grid gap-4">
        {answer === null && <Skeleton className="h-32" />}
        {answer && !answer.ok && <FormMessage>{answer.message}</FormMessage>}
        {answer?.ok && answer.data.iiko !== null && <RawText title={t("iiko")} text={answer.data.iiko} />}
        {answer?.ok && (
          <RawText title={t(isRejected ? "whole" : kind)} text={answer.data.data} id={eventId} />
        )}
      </div>
    </details>
  );
}

function RawText({ title, text, id }: { title: string; text: string; id?: string }) {
  const t = useTranslations("orders.raw");
  const isCut = text.length > MAX_SHOWN;
  return (
    <BodyView
      title={title}
      label={title}
      text={text}
      maxShown={MAX_SHOWN}
      note={[
        ...(isCut ? [t("cut", { count: text.length })] : []),
        ...(id === undefined ? [] : [t("id", { id })]),
      ].join(" ")}
    />
  );
}
