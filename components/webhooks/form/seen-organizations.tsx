import { useTranslations } from "next-intl";
import { nameKey } from "@/lib/names/names";
import type { SeenName } from "@/lib/names/seen";
import { CheckRow } from "./check-row";

type SeenOrganizationsProps = {
  organizations: SeenName[];
  values: string[];
  onChange: (values: string[]) => void;
};

/** The organizations that are known, to tick by name; the one on the list is the same in any spelling. */
export function SeenOrganizations({ organizations, values, onChange }: SeenOrganizationsProps) {
  const t = useTranslations("webhookForm");
  if (organizations.length === 0) return null;
  const keyOf = (code: string) => nameKey({ kind: "organization", code });
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1 text-[0.8125rem] text-muted-foreground">{t("seenOrganizations")}</legend>
      <ul className="grid max-h-44 gap-x-6 gap-y-1.5 overflow-y-auto rounded-md border px-3 py-2 sm:grid-cols-2">
        {organizations.map(({ key, name, suggestion }) => (
          <li key={key} className="min-w-0">
            <CheckRow
              label={
                <span className="font-normal text-[0.8125rem]" title={key}>
                  {name ?? suggestion ?? <code className="break-all font-mono text-xs">{key}</code>}
                </span>
              }
              isChecked={values.some((value) => keyOf(value) === key)}
              onChange={(isChecked) =>
                onChange(isChecked ? [...values, key] : values.filter((value) => keyOf(value) !== key))
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
