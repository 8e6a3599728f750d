"use client";

import { Download, FlaskConical, Pause, Play, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { later } from "@/components/ui/later";
import type { BulkVerb } from "./bulk-verbs";
import { useSelection } from "./selection";
import { useBulk } from "./use-bulk";

const BulkResults = later(async () => (await import("./bulk-results")).BulkResults);
const ConfirmDialog = later(async () => (await import("@/components/ui/confirm-dialog")).ConfirmDialog);

const MAX_NAMES = 10;

/** What can be done to all webhooks that are ticked; it stays in sight at the bottom of the screen. */
export function BulkBar({ canManage }: { canManage: boolean }) {
  const t = useTranslations("bulk");
  const { selected, selectAll } = useSelection();
  const { run, start, close } = useBulk();
  const [asked, setAsked] = useState<"pause" | "remove" | null>(null);
  const count = selected.length;

  const act = async (verb: BulkVerb) => {
    const { done } = await start({ verb, webhooks: selected });
    if (verb === "test" || done.some(({ isDone }) => !isDone)) return;
    close();
    toast.success(t(`done.${verb}`, { count: done.length }));
    selectAll(false);
  };
  return (
    <>
      {count > 0 && (
        <section
          aria-label={t("title")}
          className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-1.5 rounded-xl border bg-card px-3 py-2 shadow-float"
        >
          <span
            aria-live="polite"
            className="mr-auto px-1 font-medium text-[0.8125rem] max-sm:basis-[calc(100%-3rem)]"
          >
            {t("selected", { count })}
          </span>
          {canManage && (
            <>
              <Button variant="ghost" size="sm" onClick={() => void act("switchOn")}>
                <EmojiIcon emoji="▶️" icon={Play} className="size-4 shrink-0 fill-current" /> {t("switchOn")}
              </Button>
              <Button variant="ghost" size="sm" onClick={() => setAsked("pause")}>
                <EmojiIcon emoji="⏸" icon={Pause} className="size-4 shrink-0 fill-current" /> {t("pause")}
              </Button>
            </>
          )}
          <Button variant="ghost" size="sm" onClick={() => void act("test")}>
            <EmojiIcon emoji="🧪" icon={FlaskConical} /> {t("test")}
          </Button>
          {canManage && (
            <>
              <Button variant="ghost" size="sm" asChild>
                <a href={`/webhooks/export?ids=${selected.map(({ id }) => id).join(",")}`} download>
                  <Download /> {t("export")}
                </a>
              </Button>
              <Button variant="danger-ghost" size="sm" onClick={() => setAsked("remove")}>
                <EmojiIcon emoji="🗑️" icon={Trash2} /> {t("remove")}
              </Button>
            </>
          )}
          <Button
            variant="ghost"
            size="icon-sm"
            title={t("clear")}
            onClick={() => selectAll(false)}
            className="max-sm:order-first"
          >
            <X />
            <span className="sr-only">{t("clear")}</span>
          </Button>
        </section>
      )}
      {asked && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => isOpen || setAsked(null)}
          title={t(`ask.${asked}.title`, { count })}
          description={
            <>
              {t(`ask.${asked}.text`)}
              <span className="mt-2 block [overflow-wrap:anywhere]">
                {selected
                  .slice(0, MAX_NAMES)
                  .map(({ name }) => `«${name}»`)
                  .join(", ")}
                {count > MAX_NAMES && ` ${t("andMore", { count: count - MAX_NAMES })}`}
              </span>
            </>
          }
          confirmLabel={t(`ask.${asked}.confirm`, { count })}
          variant={asked === "remove" ? "danger" : "primary"}
          onConfirm={() => act(asked)}
        />
      )}
      {run && asked === null && <BulkResults run={run} onClose={close} />}
    </>
  );
}
