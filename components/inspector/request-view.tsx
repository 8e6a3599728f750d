import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { HeaderTable } from "@/components/logs/header-table";
import { Moment } from "@/components/logs/moment";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/webhooks/json-view";
import type { InspectedRequestView } from "@/lib/inspector/read-requests";
import type { SignatureCheck } from "@/lib/inspector/sender-of";
import { AnswerBadge } from "./answer-badge";

type RequestViewProps = { request: InspectedRequestView; areSecretsHidden: boolean };

/** One request to the inspector as it came: what sent it, its headers and its body. All of it is shown as text. */
export function RequestView({ request, areSecretsHidden }: RequestViewProps) {
  return (
    <Card className="grid gap-4 p-4">
      <Facts request={request} />
      <Headers request={request} areSecretsHidden={areSecretsHidden} />
      <Body request={request} />
    </Card>
  );
}

const SIGNATURE_COLOURS = {
  valid: "success",
  wrong: "danger",
  missing: "danger",
  unsigned: "neutral",
} as const satisfies Record<SignatureCheck, string>;

function Facts({ request }: { request: InspectedRequestView }) {
  const t = useTranslations("inspector");
  const { signature, attempt, seen_before, webhook_id, webhook_name, logId } = request;
  return (
    <div className="grid gap-2">
      <p className="break-all font-mono text-xs">
        <span className="font-semibold">{request.method}</span> <bdi>{request.target}</bdi>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <AnswerBadge status={request.answer_status} isLong />
        {request.delay_seconds > 0 && <Badge>{t("delayed", { delay: request.delay_seconds })}</Badge>}
        {signature && <Badge variant={SIGNATURE_COLOURS[signature]}>{t(`signature.${signature}`)}</Badge>}
        {attempt !== null && <Badge>{t("attempt", { number: attempt })}</Badge>}
        {request.message_id !== null && seen_before > 0 && (
          <Badge variant="warning">{t("repeated", { number: seen_before + 1 })}</Badge>
        )}
        <span className="text-muted-foreground text-xs">
          <Moment at={request.received_at} />
        </span>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem]">
        {webhook_id !== null && webhook_name !== null ? (
          <span>
            {t("openWebhook")}:{" "}
            <Link href={`/webhooks/${webhook_id}`} className="text-primary underline underline-offset-4">
              {webhook_name}
            </Link>
          </span>
        ) : (
          <span className="text-muted-foreground">{t("foreign")}</span>
        )}
        {logId !== null && (
          <Link href={`/logs/${logId}`} className="text-primary underline underline-offset-4">
            {t("openLog")}
          </Link>
        )}
      </p>
    </div>
  );
}

function Headers({ request: { headers, isSpeltAsSent }, areSecretsHidden }: RequestViewProps) {
  const t = useTranslations("inspector");
  return (
    <Part title={t("headers")} note={t(isSpeltAsSent ? "spelt" : "notSpelt")}>
      {headers === null ? (
        <p className="text-muted-foreground text-xs">{t("sealed")}</p>
      ) : (
        <HeaderTable headers={headers} />
      )}
      {areSecretsHidden && headers !== null && <p className="text-muted-foreground text-xs">{t("hidden")}</p>}
    </Part>
  );
}

function Body({ request: { body, prettyBody, body_bytes, isBodyCut } }: { request: InspectedRequestView }) {
  const t = useTranslations("inspector");
  return (
    <Part
      title={t("requestBody")}
      note={t("bytes", { count: body_bytes })}
      action={body !== "" && <CopyButton text={body} size="icon-sm" variant="ghost" />}
    >
      {body === "" ? (
        <p className="text-muted-foreground text-xs">{t("noBody")}</p>
      ) : (
        <JsonView text={prettyBody ?? body} label={t("requestBody")} className="max-h-[32rem]" />
      )}
      {isBodyCut && <p className="text-muted-foreground text-xs">{t("bodyCut", { count: body_bytes })}</p>}
    </Part>
  );
}

type PartProps = { title: string; note: string; action?: ReactNode; children: ReactNode };

function Part({ title, note, action, children }: PartProps) {
  return (
    <section className="grid min-w-0 gap-1.5">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="font-medium text-[0.8125rem]">{title}</h3>
        <span className="text-muted-foreground text-xs">{note}</span>
        <span className="ml-auto">{action}</span>
      </div>
      {children}
    </section>
  );
}
