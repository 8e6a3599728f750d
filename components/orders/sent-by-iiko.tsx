import Link from "next/link";
import { useTranslations } from "next-intl";
import { BodyView } from "@/components/logs/body-view";
import type { TimelineEvent } from "@/lib/log/get-order-timeline";
import { prettyJson } from "@/lib/pretty-json";

const MAX_SHOWN = 100_000;

/** The message of iiko's own that an event was made of, on the page of that event; elsewhere the way there. */
export function SentByIiko({ event }: { event: TimelineEvent }) {
  const t = useTranslations("orders");
  const { id, iiko_text: text } = event;
  if (text === null) {
    return (
      <Link
        href={`/orders/${id}`}
        className="w-fit text-[0.8125rem] text-muted-foreground hover:text-foreground"
      >
        {t("fromIiko")}
      </Link>
    );
  }
  const shown = text.slice(0, MAX_SHOWN);
  const note = shown.length < text.length ? t("iikoTextCut", { count: text.length }) : undefined;
  return (
    <details className="group">
      <summary className="w-fit py-0.5 text-[0.8125rem] text-muted-foreground hover:text-foreground">
        {t("iikoText")}
      </summary>
      <BodyView label={t("iikoText")} text={shown} pretty={prettyJson(shown)} note={note} />
    </details>
  );
}
