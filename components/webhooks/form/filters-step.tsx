import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { useWords } from "@/components/names/use-words";
import { FieldError } from "@/components/ui/field";
import { TagInput } from "@/components/ui/tag-input";
import { type NameKind, nameKey } from "@/lib/names/names";
import type { SeenName } from "@/lib/names/seen";
import { brokenUuid, isUuid } from "@/lib/orders/organization-id";
import { ORDER_STATUSES, ORDER_TYPES } from "@/lib/orders/status";
import { CheckRow } from "./check-row";
import { JsonMirror } from "./json-mirror";
import { readTexts, writeTexts } from "./read-json";
import type { JsonProblemProps, SectionProps } from "./section-props";
import { SeenOrganizations } from "./seen-organizations";
import { Step } from "./step";

type FiltersStepProps = SectionProps & JsonProblemProps & { seenNames: SeenName[] };

/** «Настройте фильтры» of the guide: each by boxes or tags and, in step with them, as its JSON array. */
export function FiltersStep({ seenNames, ...props }: FiltersStepProps) {
  const { draft, onChange } = props;
  const t = useTranslations("webhookForm");
  const words = useWords();
  const organizations = seenNames.filter(({ kind }) => kind === "organization");
  const organizationName = (code: string) => {
    const key = nameKey({ kind: "organization", code });
    const suggestion = organizations.find((known) => known.key === key)?.suggestion ?? null;
    return words({ kind: "organization", code }) ?? suggestion;
  };
  const seen = (kind: NameKind) => seenNames.filter((one) => one.kind === kind).map(({ key }) => key);
  return (
    <Step number={6} title={t("filters")} hint={t("filtersHint")}>
      <Filter
        {...props}
        field="filter_organization_ids"
        label={t("fields.filter_organization_ids")}
        example={'["550e8400-e29b-41d4-a716-446655440000"]'}
      >
        <TagInput
          aria-label={t("fields.filter_organization_ids")}
          values={draft.filter_organization_ids}
          onChange={(filter_organization_ids) => onChange({ filter_organization_ids })}
          placeholder={t("organizationPlaceholder")}
          nameOf={organizationName}
        />
        <UnlikelyIds
          ids={draft.filter_organization_ids.filter((id) => !isUuid(id) && brokenUuid(id) === null)}
        />
        <SeenOrganizations
          organizations={organizations}
          values={draft.filter_organization_ids}
          onChange={(filter_organization_ids) => onChange({ filter_organization_ids })}
        />
      </Filter>
      <Filter
        {...props}
        field="filter_order_types"
        label={t("fields.filter_order_types")}
        example={'["DELIVERY"]'}
      >
        <Boxes
          values={draft.filter_order_types}
          kind="order_type"
          known={ORDER_TYPES}
          onChange={(filter_order_types) => onChange({ filter_order_types })}
        />
      </Filter>
      <Filter
        {...props}
        field="filter_statuses"
        label={t("fields.filter_statuses")}
        example={'["CookingStarted", "OnWay"]'}
      >
        <Boxes
          values={draft.filter_statuses}
          kind="status"
          known={[...ORDER_STATUSES, ...seen("status")]}
          onChange={(filter_statuses) => onChange({ filter_statuses })}
        />
      </Filter>
    </Step>
  );
}

/** A warning and no more: iiko gives UUIDs, but another sender may have ids of its own. */
function UnlikelyIds({ ids }: { ids: string[] }) {
  const t = useTranslations("webhookForm");
  if (ids.length === 0) return null;
  return (
    <p role="status" className="text-[0.8125rem] text-warning [overflow-wrap:anywhere]">
      {t("unlikelyIds", { ids: ids.join(", ") })}
    </p>
  );
}

type FilterField = "filter_organization_ids" | "filter_order_types" | "filter_statuses";
type FilterProps = SectionProps &
  JsonProblemProps & { field: FilterField; label: string; example: string; children: ReactNode };

function Filter({ draft, onChange, errorOf, onJsonProblem, field, label, example, children }: FilterProps) {
  const t = useTranslations("webhookForm");
  const id = useId();
  const error = errorOf(field);
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{label}</legend>
      {children}
      <JsonMirror
        name={field}
        label={t("asJson", { label })}
        value={draft[field]}
        write={writeTexts}
        read={readTexts}
        onChange={(values) => onChange({ [field]: values })}
        onProblem={(isUnreadable) => onJsonProblem(field, isUnreadable ? t("errors.jsonArray") : null)}
        error={error}
        errorId={`${id}-error`}
        placeholder={`JSON: ${example}`}
      />
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}

type BoxesProps = {
  kind: NameKind;
  values: string[];
  known: readonly string[];
  onChange: (values: string[]) => void;
};

/** A box for each known value, and for what was given as JSON besides. */
function Boxes({ kind, values, known, onChange }: BoxesProps) {
  const words = useWords();
  const all = [...known, ...values.filter((value) => !known.includes(value))];
  const toggle = (value: string, isChecked: boolean) =>
    onChange(all.filter((other) => (other === value ? isChecked : values.includes(other))));
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      {all.map((value) => (
        <CheckRow
          key={value}
          label={
            <span className="font-normal text-[0.8125rem]">
              {words({ kind, code: value })}{" "}
              <code className="font-mono text-muted-foreground text-xs">{value}</code>
            </span>
          }
          isChecked={values.includes(value)}
          onChange={(isChecked) => toggle(value, isChecked)}
        />
      ))}
    </div>
  );
}
