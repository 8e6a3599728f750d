"use client";

import { useTranslations } from "next-intl";
import { useWords } from "@/components/names/use-words";
import { ROLES } from "@/lib/auth/actor";
import type { NameKind } from "@/lib/names/names";
import { shortened } from "@/lib/text";
import { SET } from "@/lib/webhooks/field-kinds";
import { SECRET_FIELDS } from "@/lib/webhooks/fields";

type Changes = Record<string, { from: unknown; to: unknown }>;

const MOST_SHOWN = 4;

/** Field by field, what was and what is; where nothing was before, only what is. Of many the rest is folded. */
export function AuditChanges({ changes }: { changes: Changes }) {
  const t = useTranslations("audit");
  const all = Object.entries(changes);
  if (all.length <= MOST_SHOWN + 1) return <ChangeList changes={all} />;
  const rest = all.slice(MOST_SHOWN);
  return (
    <>
      <ChangeList changes={all.slice(0, MOST_SHOWN)} />
      <details className="mt-0.5 text-[0.8125rem]">
        <summary className="w-fit text-muted-foreground hover:text-foreground">
          {t("moreFields", { count: rest.length })}
        </summary>
        <ChangeList changes={rest} />
      </details>
    </>
  );
}

function ChangeList({ changes }: { changes: [string, Changes[string]][] }) {
  const fieldName = useFieldName();
  return (
    <ul className="grid gap-0.5 text-[0.8125rem]">
      {changes.map(([field, { from, to }]) => (
        <li key={field} className="wrap-anywhere">
          <span className="text-muted-foreground">{fieldName(field)}: </span>
          {from !== null && from !== undefined && (
            <>
              <del className="text-muted-foreground decoration-danger/60">
                <AuditValue field={field} value={from} />
              </del>
              {" → "}
            </>
          )}
          <span className="font-medium">
            <AuditValue field={field} value={to} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A webhook's fields are called as its form calls them. */
function useFieldName(): (field: string) => string {
  const t = useTranslations();
  return (field) => {
    const keys = [`audit.fields.${field}`, `webhookForm.fields.${field}`] as "audit.fields.role"[];
    const known = keys.find((key) => t.has(key));
    return known ? t(known) : field;
  };
}

const FILTER_KINDS = {
  filter_organization_ids: "organization",
  filter_order_types: "order_type",
  filter_statuses: "status",
} as const;
// Where the form's words for a field's values stand.
const CHOICE_TEXTS = { payload_format: "webhooks.formats", auth_type: "webhookForm.authTypes" };
const MAX_LENGTH = 120;
const SECRETS: string[] = [...SECRET_FIELDS, "bot_token", "smtp_password"];
// Of a secret the trail holds no value, but what became of it.
const SECRET_VALUES = { [SET]: "set", set: "set", replaced: "replaced", cleared: "cleared" } as const;

function AuditValue({ field, value }: { field: string; value: unknown }) {
  const t = useTranslations();
  const words = useWords();
  const named = ({ kind, code }: { kind: NameKind; code: string }) => {
    const name = words({ kind, code });
    return name === null ? code : `${name} (${code})`;
  };
  const role = field === "role" && ROLES.find((known) => known === value);
  if (role) return t(`common.roles.${role}`);
  if (value === null || value === undefined) return t("audit.nothing");
  if (typeof value === "boolean") return t(value ? "audit.yes" : "audit.no");
  const secret = SECRETS.includes(field) && SECRET_VALUES[value as keyof typeof SECRET_VALUES];
  if (secret) return t(`audit.secrets.${secret}`);
  const choice = `${CHOICE_TEXTS[field as keyof typeof CHOICE_TEXTS]}.${value}` as "webhooks.formats.custom";
  if (field in CHOICE_TEXTS && t.has(choice)) return t(choice);
  const kind = FILTER_KINDS[field as keyof typeof FILTER_KINDS];
  if (kind && Array.isArray(value))
    return value.map((code) => named({ kind, code: String(code) })).join(", ");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return shortened({ text, max: MAX_LENGTH });
}
