import { useTranslations } from "next-intl";
import { CodeName } from "@/components/names/code-name";
import type { NameKind } from "@/lib/names/names";
import type { OrderChange } from "@/lib/orders/order-changes";
import { shortened } from "@/lib/text";
import { useRoubles } from "./use-roubles";

const CODED: Partial<Record<OrderChange["field"], NameKind>> = {
  organization_id: "organization",
  order_type: "order_type",
};

type ChangeListProps = {
  changes: OrderChange[];
  /** Without it only the names of what changed are known. */
  hasValues: boolean;
};

/** What an event changed in the order, the status aside. */
export function ChangeList({ changes, hasValues }: ChangeListProps) {
  const t = useTranslations("orders");
  if (changes.length === 0) return null;
  if (!hasValues) {
    const names = changes.map(({ field }) => fieldName({ t, field })).join(", ");
    return (
      <p className="text-[0.8125rem] text-muted-foreground">
        {t("changed")}: {names}
      </p>
    );
  }
  return (
    <ul className="grid gap-0.5 text-[0.8125rem]">
      {changes.map((change) => (
        <li key={change.field} className="[overflow-wrap:anywhere]">
          <span className="text-muted-foreground">{fieldName({ t, field: change.field })}: </span>
          <ChangedValue field={change.field} value={change.from} /> →{" "}
          <span className="font-medium">
            <ChangedValue field={change.field} value={change.to} />
          </span>
        </li>
      ))}
    </ul>
  );
}

type FieldName = { t: ReturnType<typeof useTranslations<"orders">>; field: OrderChange["field"] };

function fieldName({ t, field }: FieldName): string {
  const key = `fields.${field}` as "fields.items";
  return t.has(key) ? t(key) : field;
}

function ChangedValue({ field, value }: { field: OrderChange["field"]; value: unknown }) {
  const t = useTranslations("orders");
  const roubles = useRoubles();
  if (value === null) return t("nothing");
  if (field === "items") return t("seeItems");
  if (field === "total_amount" && typeof value === "number") return roubles(value);
  const kind = CODED[field];
  if (kind && typeof value === "string") return <CodeName kind={kind} code={value} />;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return <bdi>{shortened({ text, max: 160 })}</bdi>;
}
