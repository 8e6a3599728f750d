"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import type { SeenName } from "@/lib/names/seen";
import { firstReason, useAction } from "../../use-action";
import { saveNamesAction } from "./actions";
import { NameRow } from "./name-row";

/** What orders hold only the codes of, with the names that the panel shows instead. */
export function NameList({ names, canEdit }: { names: SeenName[]; canEdit: boolean }) {
  const t = useTranslations("sources");
  const [isBusy, startTransition] = useTransition();
  const saveNames = useAction(saveNamesAction);
  const suggested = names.flatMap(({ kind, key, name, suggestion }) =>
    name === null && suggestion ? [{ kind, key, name: suggestion.slice(0, 100) }] : [],
  );
  const saveAll = () =>
    startTransition(async () => {
      const result = await saveNames({ names: suggested });
      if (!result.ok) toast.error(firstReason(result));
      else toast.success(t("namesSaved", { count: suggested.length }));
    });
  return (
    <section aria-labelledby="names" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="grid gap-1">
          <h2 id="names" className="font-semibold text-[0.9375rem]">
            {t("names")}
          </h2>
          <p className="max-w-prose text-muted-foreground">{t("namesText")}</p>
        </div>
        {canEdit && suggested.length > 1 && (
          <Button variant="outline" onClick={saveAll} isBusy={isBusy}>
            <Check /> {t("saveSuggested", { count: suggested.length })}
          </Button>
        )}
      </div>
      {names.length === 0 ? (
        <p className="text-muted-foreground">{t("noNames")}</p>
      ) : (
        <ul className="grid gap-px overflow-hidden rounded-lg border bg-border shadow-card">
          {names.map((seen) => (
            <NameRow key={`${seen.kind} ${seen.key} ${seen.name}`} seen={seen} canEdit={canEdit} />
          ))}
        </ul>
      )}
    </section>
  );
}
