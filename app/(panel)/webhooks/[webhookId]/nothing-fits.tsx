import { FilterX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { DryRunConfig, dryRun } from "@/lib/webhooks/dry-run";
import { DRY_RUN_FIELDS, mapFields } from "@/lib/webhooks/fields";
import type { WebhookView } from "@/lib/webhooks/view";

const QUIET_MS = 60 * 60_000;

/** Says of a webhook that is on and has been quiet for an hour that its filters let nothing through, and which do not. */
export async function NothingFits({ actor, webhook }: { actor: Actor; webhook: WebhookView }) {
  const { id, is_active: isActive, last_sent_at: lastSentAt } = webhook;
  const isQuiet = lastSentAt === null || Date.parse(lastSentAt) < Date.now() - QUIET_MS;
  if (!isActive || !isQuiet || !hasRole(actor, "manager")) return null;
  const config = DryRunConfig.parse(mapFields(DRY_RUN_FIELDS, (name) => webhook[name]));
  const { total, sent, skipped } = await dryRun({ actor, config });
  if (total === 0 || sent > 0) return null;
  const t = await getTranslations();
  return (
    <p className="flex gap-2 rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem]">
      <FilterX className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
      <span>
        {t("webhooks.nothingFits.text", { total })}:{" "}
        {skipped.map(({ code, count }) => t(`webhookForm.skipped.${code}`, { count })).join(" · ")}.{" "}
        <Link href={`/webhooks/${id}/edit`} className="rounded-sm underline underline-offset-4">
          {t("webhooks.nothingFits.edit")}
        </Link>
      </span>
    </p>
  );
}
