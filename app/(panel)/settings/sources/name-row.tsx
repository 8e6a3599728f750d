"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SeenName } from "@/lib/names/seen";
import { firstReason } from "../../use-action";
import { useFormAction } from "../../use-form-action";
import { saveNamesAction } from "./actions";

const MAX_LENGTH = 100;

type NameRowProps = { seen: SeenName; canEdit: boolean };

/** One organization, status or order type with its name; what the order calls it stands in the field, to be saved. */
export function NameRow({ seen: { kind, key, name, suggestion }, canEdit }: NameRowProps) {
  const t = useTranslations("sources");
  const id = useId();
  const [typed, setTyped] = useState(name ?? suggestion?.slice(0, MAX_LENGTH) ?? "");
  const { send, isBusy, refused } = useFormAction(saveNamesAction);
  const error = refused ? firstReason(refused) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ names: [{ kind, key, name: typed }] }, () => toast.success(t("nameSaved")));
  };
  return (
    <li className="grid gap-x-4 gap-y-2 bg-background px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,24rem)] md:items-center">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge>{t(`kinds.${kind}`)}</Badge>
        <code id={id} className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">
          {key}
        </code>
      </span>
      {canEdit ? (
        <form onSubmit={submit} noValidate className="grid gap-1">
          <span className="flex gap-2">
            <Input
              aria-label={t("nameOf", { key })}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              value={typed}
              maxLength={MAX_LENGTH}
              placeholder={t("namePlaceholder")}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button
              type="submit"
              variant="outline"
              isBusy={isBusy}
              disabled={typed.trim() === (name ?? "")}
              aria-describedby={id}
            >
              {t("saveName")}
            </Button>
          </span>
          <FieldError id={`${id}-error`} error={error} />
        </form>
      ) : (
        <span className={name === null ? "text-muted-foreground" : undefined}>{name ?? t("noNameYet")}</span>
      )}
    </li>
  );
}
