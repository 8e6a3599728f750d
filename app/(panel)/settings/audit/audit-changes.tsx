import { useTranslations } from "next-intl";

type Changes = Record<string, { from: unknown; to: unknown }>;

/** Field by field, what was and what is; where nothing was before, only what is. */
export function AuditChanges({ changes }: { changes: Changes }) {
  const t = useTranslations("audit");
  return (
    <ul className="grid gap-0.5 text-[0.8125rem]">
      {Object.entries(changes).map(([field, { from, to }]) => (
        <li key={field} className="break-words">
          <span className="text-muted-foreground">
            {t.has(`fields.${field}` as "fields.role") ? t(`fields.${field}` as "fields.role") : field}:{" "}
          </span>
          {from !== null && from !== undefined && (
            <>
              <del className="text-muted-foreground decoration-danger/60">{show(from)}</del>
              {" → "}
            </>
          )}
          <span className="font-medium">{to === null || to === undefined ? t("nothing") : show(to)}</span>
        </li>
      ))}
    </ul>
  );
}

function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
