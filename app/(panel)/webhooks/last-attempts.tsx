import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AttemptsTable } from "@/components/logs/attempts-table";
import { Skeleton } from "@/components/ui/skeleton";
import type { Actor } from "@/lib/auth/actor";
import { listAttempts } from "@/lib/log/list-attempts";

const SHOWN = 8;

type LastAttemptsProps = { actor: Actor; webhookId?: number };

/** The newest rows of the log at a glance: of all webhooks, or of one. */
export async function LastAttempts({ actor, webhookId }: LastAttemptsProps) {
  const t = await getTranslations("webhooks");
  const { items: attempts } = await listAttempts({ actor, filters: { webhook_id: webhookId, limit: SHOWN } });
  const allHref = webhookId === undefined ? "/logs" : `/logs?webhook=${webhookId}`;
  return (
    <section aria-labelledby="last-attempts" className="grid min-w-0 gap-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="last-attempts" className="font-semibold text-[0.9375rem]">
          {t("lastAttempts")}
        </h2>
        <Link
          href={allHref}
          className="rounded-sm text-[0.8125rem] text-primary underline-offset-4 hover:underline"
        >
          {t("allLogs")}
        </Link>
      </div>
      {attempts.length === 0 ? (
        <p className="rounded-lg border border-dashed bg-card px-4 py-6 text-center text-muted-foreground">
          {t("noAttempts")}
        </p>
      ) : (
        <AttemptsTable attempts={attempts} newAbove={Number.MAX_SAFE_INTEGER} />
      )}
    </section>
  );
}

export function LastAttemptsSkeleton() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-5 w-44" />
      <Skeleton className="h-72 rounded-lg" />
    </div>
  );
}
