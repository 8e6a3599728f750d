"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { useWords } from "@/components/names/use-words";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { NativeSelect } from "@/components/ui/native-select";
import { JsonView } from "@/components/webhooks/json-view";
import type { RecentOrderEvent } from "@/lib/log/recent-order-events";
import type { OrderEvent } from "@/lib/orders/prepare-order-event";
import { prettyJson } from "@/lib/pretty-json";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { CompareFormats } from "./compare-formats";
import { SAMPLE_EVENTS } from "./preview-events";
import { previewBody, previewHead, previewSkip } from "./preview-request";

type PayloadPreviewProps = { draft: WebhookDraft; recent: RecentOrderEvent[] };

/** The request that the form would make of a sample order, or of one that really came in. */
export function PayloadPreview({ draft, recent }: PayloadPreviewProps) {
  const t = useTranslations("webhookForm");
  const id = useId();
  const [chosen, setChosen] = useState("sample-2");
  const shown = useDeferredValue(draft);
  const event = chosenEvent({ chosen, recent });
  const body = previewBody({ draft: shown, event });
  return (
    <Card
      role="region"
      aria-label={t("preview")}
      className="grid min-w-0 content-start gap-3 self-start p-4 xl:sticky xl:top-5 xl:col-start-2 xl:row-span-6 xl:row-start-1 xl:max-h-[calc(100dvh-14rem)] xl:grid-rows-[auto_auto_auto_auto_minmax(0,1fr)]"
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-[0.9375rem]">{t("preview")}</h2>
        <SkipBadge draft={shown} event={event} />
      </div>
      <label htmlFor={id} className="grid gap-1.5">
        <span className="text-muted-foreground text-xs">{t("previewOf")}</span>
        <EventSelect id={id} chosen={chosen} onChoose={setChosen} recent={recent} />
      </label>
      <CompareFormats event={event} current={shown.payload_format} />
      <pre className="overflow-x-auto whitespace-pre-wrap break-all rounded-md border bg-muted px-3 py-2 font-mono text-[0.6875rem] text-muted-foreground leading-relaxed">
        {previewHead(shown)}
      </pre>
      {body === null ? (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
          {t("previewUnusable")}
        </p>
      ) : (
        <div className="relative grid min-h-0 min-w-0">
          <JsonView
            text={prettyJson(body) ?? body}
            label={t("previewBody")}
            className="max-h-[28rem] xl:max-h-none"
          />
          <CopyButton text={body} size="icon-sm" className="absolute top-2 right-2" />
        </div>
      )}
    </Card>
  );
}

type EventSelectProps = {
  id: string;
  chosen: string;
  onChoose: (key: string) => void;
  recent: RecentOrderEvent[];
};

function EventSelect({ id, chosen, onChoose, recent }: EventSelectProps) {
  const t = useTranslations("webhookForm");
  const words = useWords();
  const format = useFormatter();
  return (
    <NativeSelect id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
      <optgroup label={t("previewSample")}>
        {SAMPLE_EVENTS.map(({ name }, index) => (
          <option key={name} value={`sample-${index}`}>
            {t("previewSampleOption", { event: name })}
          </option>
        ))}
      </optgroup>
      <optgroup label={t("previewRecent")}>
        {recent.length === 0 && <option disabled>{t("previewNoRecent")}</option>}
        {recent.map(({ id: eventId, name, order, receivedAt }) => (
          <option key={eventId} value={eventId}>
            {[
              order.external_order_id ?? order.readable_number ?? order.id,
              name,
              words({ kind: "status", code: order.status }) ?? order.status,
              format.dateTime(new Date(receivedAt), { dateStyle: "short", timeStyle: "short" }),
            ].join(" · ")}
          </option>
        ))}
      </optgroup>
    </NativeSelect>
  );
}

function SkipBadge({ draft, event }: { draft: WebhookDraft; event: OrderEvent }) {
  const t = useTranslations("webhookForm");
  const skip = previewSkip({ draft, event });
  if (skip === null) return <Badge variant="success">{t("previewSent")}</Badge>;
  return <Badge variant="warning">{t(`previewSkip.${skip.code}`)}</Badge>;
}

function chosenEvent({ chosen, recent }: { chosen: string; recent: RecentOrderEvent[] }): OrderEvent {
  const sample = SAMPLE_EVENTS[Number(chosen.replace("sample-", ""))];
  const event = recent.find(({ id }) => id === chosen) ?? sample ?? SAMPLE_EVENTS[0];
  if (!event) throw new Error("There is no sample event.");
  return event;
}
