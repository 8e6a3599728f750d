import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { PLAIN_FIELDS, type PlainField } from "@/lib/webhooks/fields";
import type { WebhookView } from "@/lib/webhooks/view";
import { WhatIsSent } from "./what-is-sent";

/** All that is set, to read; secrets only as set or not. */
export function SettingsSummary({ webhook }: { webhook: WebhookView }) {
  const t = useTranslations("webhooks");
  const form = useTranslations("webhookForm");
  const headers = Object.keys(webhook.custom_headers ?? {});
  return (
    <Card>
      <dl className="grid grid-cols-1 divide-y px-4 lg:px-5">
        <Row label={form("fields.webhook_url")}>
          <span className="break-all font-mono text-[0.8125rem]">{webhook.webhook_url}</span>
        </Row>
        <Row label={t("whatIsSent")}>
          <WhatIsSent webhook={webhook} />
        </Row>
        <Row label={form("fields.auth_type")}>
          {form(`authTypes.${webhook.auth_type}`)}
          {webhook.auth_type === "basic" && `: ${webhook.auth_username}`}
          {webhook.auth_type === "custom" && `: ${headers.join(", ")}`}
        </Row>
        <Row label={form("fields.signing_secret")}>
          {t(webhook.signing_secret === null ? "notSet" : "set")}
        </Row>
        <Row label={form("reliability")}>
          {t("reliability", {
            retries: webhook.retry_count,
            delay: webhook.retry_delay_seconds,
            timeout: webhook.timeout_seconds,
          })}
        </Row>
        {OTHERS.map((field) => (
          <Row key={field} label={form(`fields.${field}`)}>
            <Value value={webhook[field]} />
          </Row>
        ))}
        <Row label={t("created")}>
          <Time at={new Date(webhook.created_at)} />
        </Row>
        <Row label={t("updated")}>
          <Time at={new Date(webhook.updated_at)} />
        </Row>
      </dl>
    </Card>
  );
}

// What is told in words above or on the webhook's card.
const TOLD =
  /^(name|description|webhook_url|is_active|auth_|send_on_|filter_|payload_|include_|custom_|retry_|timeout_)/;
const OTHERS = PLAIN_FIELDS.filter((field) => !TOLD.test(field));

function Value({ value }: { value: WebhookView[PlainField] }) {
  const t = useTranslations("audit");
  return typeof value === "boolean" ? t(value ? "yes" : "no") : String(value ?? "—");
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[11.5rem_minmax(0,1fr)]">
      <dt className="text-muted-foreground text-[0.8125rem]">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
