import { ShieldAlert, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "@/components/logs/moment";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import type { RequestLine } from "@/lib/inspector/read-requests";
import type { SignatureCheck } from "@/lib/inspector/sender-of";
import { AnswerBadge } from "./answer-badge";

type RequestListProps = { requests: RequestLine[]; openNumber: number | undefined };

/** The last requests, newest first; each opens beside the list. */
export function RequestList({ requests, openNumber }: RequestListProps) {
  const t = useTranslations("inspector");
  return (
    <nav aria-label={t("requests")} className="grid gap-1.5">
      <ul className="grid gap-px overflow-hidden rounded-lg border bg-border shadow-card">
        {requests.map((request) => (
          <li key={request.number}>
            <RequestLink request={request} isOpen={request.number === openNumber} />
          </li>
        ))}
      </ul>
      <p className="text-muted-foreground text-xs">{t("shown", { count: requests.length })}</p>
    </nav>
  );
}

function RequestLink({ request, isOpen }: { request: RequestLine; isOpen: boolean }) {
  const t = useTranslations("inspector");
  return (
    <Link
      href={`/inspector?request=${request.number}`}
      scroll={false}
      prefetch={false}
      aria-current={isOpen ? "true" : undefined}
      className={cn(
        "grid gap-1 bg-card px-3 py-2 text-[0.8125rem] -outline-offset-2 transition-colors hover:bg-accent",
        isOpen && "lg:bg-accent lg:text-accent-foreground",
      )}
    >
      <span className="flex items-center gap-2">
        <AnswerBadge status={request.answer_status} />
        <span className="truncate font-medium">{request.event ?? request.method}</span>
        <SignatureIcon signature={request.signature} />
        <span className="ml-auto shrink-0 text-muted-foreground text-xs">
          <Moment at={request.received_at} />
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs">
        <span className="min-w-0 truncate">{request.webhook_name ?? t("foreign")}</span>
        {request.attempt !== null && <span>{t("attempt", { number: request.attempt })}</span>}
        {request.message_id !== null && request.seen_before > 0 && (
          <Badge variant="warning">{t("repeated", { number: request.seen_before + 1 })}</Badge>
        )}
      </span>
    </Link>
  );
}

function SignatureIcon({ signature }: { signature: SignatureCheck | null }) {
  const t = useTranslations("inspector");
  if (signature === null || signature === "unsigned") return null;
  const Icon = signature === "valid" ? ShieldCheck : ShieldAlert;
  return (
    <Icon
      role="img"
      aria-label={t(`signature.${signature}`)}
      className={cn("size-3.5 shrink-0", signature === "valid" ? "text-success" : "text-danger")}
    />
  );
}
