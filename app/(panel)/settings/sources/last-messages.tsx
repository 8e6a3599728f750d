import Link from "next/link";
import { useTranslations } from "next-intl";
import { CodeBlock } from "@/components/logs/code-block";
import { Moment } from "@/components/logs/moment";
import { CodeName } from "@/components/names/code-name";
import type { LastMessage } from "@/lib/iiko/list-sources";

/** The last message of each kind that came from iiko, with what became of it. */
export function LastMessages({ messages }: { messages: LastMessage[] }) {
  const t = useTranslations("sources");
  if (messages.length === 0) return <p className="text-muted-foreground">{t("neverCame")}</p>;
  return (
    <ul className="grid gap-px overflow-hidden rounded-lg border bg-border shadow-card">
      {messages.map((message) => (
        <li key={message.kind} className="grid gap-1.5 bg-background px-4 py-3 text-sm">
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <span className="font-medium">{message.kind === "other" ? t("otherKind") : message.kind}</span>
            <Outcome message={message} />
            <span className="ml-auto text-muted-foreground">
              <Moment at={message.receivedAt} />
            </span>
          </div>
          {message.organizationId && (
            <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
              {t("organization")}: <CodeName kind="organization" code={message.organizationId} />
            </p>
          )}
          {message.text !== null && (
            <details>
              <summary className="w-fit text-muted-foreground text-xs hover:text-foreground">
                {t("text")}
              </summary>
              <CodeBlock label={t("text")} text={message.text} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ message: { outcome, eventId } }: { message: LastMessage }) {
  const t = useTranslations("sources");
  const text = t("outcome", { outcome });
  if (eventId === null) return <span>{text}</span>;
  return (
    <Link href={`/orders/${eventId}`} className="underline underline-offset-4">
      {text}
    </Link>
  );
}
