"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";

export type SelectableWebhook = { id: number; name: string };

type Selection = {
  /** Those of the page that are ticked, in its order. */
  selected: SelectableWebhook[];
  isAll: boolean;
  select: (ids: number[], isSelected: boolean) => void;
  selectAll: (isSelected: boolean) => void;
};

const SelectionContext = createContext<Selection | null>(null);

/** Keeps which webhooks of the page are ticked, also while it is read anew; one that went away is ticked no more. */
export function SelectionProvider({
  webhooks,
  children,
}: {
  webhooks: SelectableWebhook[];
  children: ReactNode;
}) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const selection = useMemo(() => {
    const selected = webhooks.filter(({ id }) => ids.has(id));
    const select = (changed: number[], isSelected: boolean) =>
      setIds((before) =>
        isSelected
          ? new Set([...before, ...changed])
          : new Set([...before].filter((id) => !changed.includes(id))),
      );
    const selectAll = (isSelected: boolean) =>
      select(
        webhooks.map(({ id }) => id),
        isSelected,
      );
    return { selected, isAll: selected.length === webhooks.length, select, selectAll };
  }, [webhooks, ids]);
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("A list of webhooks without its SelectionProvider.");
  return selection;
}

export function SelectBox({ webhook: { id, name } }: { webhook: SelectableWebhook }) {
  const t = useTranslations("bulk");
  const { selected, select } = useSelection();
  return (
    <Checkbox
      className="no-print"
      aria-label={t("select", { name })}
      checked={selected.some((webhook) => webhook.id === id)}
      onCheckedChange={(checked) => select([id], checked)}
    />
  );
}

export function SelectAll() {
  const t = useTranslations("bulk");
  const { selected, isAll, selectAll } = useSelection();
  const isPartly = selected.length > 0 && !isAll;
  return (
    <Checkbox
      className="no-print"
      aria-label={t("selectAll")}
      checked={isPartly ? "indeterminate" : selected.length > 0}
      onCheckedChange={selectAll}
    />
  );
}
