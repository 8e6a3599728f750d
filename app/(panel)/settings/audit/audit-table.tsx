import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditPage } from "@/lib/log/list-audit";
import { AuditChanges } from "./audit-changes";

type AuditRow = AuditPage["rows"][number];

export function AuditTable({ rows }: { rows: AuditRow[] }) {
  const t = useTranslations("audit");
  return (
    <Table label={t("title")}>
      <TableHeader>
        <TableRow>
          <TableHead>{t("at")}</TableHead>
          <TableHead className="hidden md:table-cell">{t("actor")}</TableHead>
          <TableHead>{t("action")}</TableHead>
          <TableHead className="hidden lg:table-cell">{t("subject")}</TableHead>
          <TableHead className="hidden lg:table-cell">{t("changes")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <AuditTableRow key={row.id} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

/** On a narrow screen the columns that do not fit stand below those that do. */
function AuditTableRow({ row }: { row: AuditRow }) {
  const t = useTranslations("audit");
  const actor = row.actor_kind === "system" ? t("system") : row.actor_name;
  const subject = (
    <>
      <span className="block lg:truncate">{row.subject_name ?? t("unknownUser")}</span>
      <span className="text-muted-foreground text-xs">
        <AuditKind kind={row.subject_kind} /> {row.subject_id && `№ ${row.subject_id}`}
      </span>
    </>
  );
  const changes = row.changes && <AuditChanges changes={row.changes} />;
  return (
    <TableRow className="[&>td]:align-top">
      <TableCell className="text-muted-foreground max-md:min-w-32">
        <Time at={row.at} hasSeconds className="tabular-nums md:whitespace-nowrap" />
        <span className="mt-1 block wrap-anywhere text-foreground text-xs md:hidden">{actor}</span>
      </TableCell>
      <TableCell className="hidden max-w-48 truncate md:table-cell">{actor}</TableCell>
      <TableCell>
        <Badge variant={row.action === "sign_in.failed" ? "warning" : "neutral"}>
          <AuditAction action={row.action} />
        </Badge>
        <div className="mt-1 grid gap-1 wrap-anywhere lg:hidden">
          <div>{subject}</div>
          {changes}
        </div>
      </TableCell>
      <TableCell className="hidden max-w-56 lg:table-cell">{subject}</TableCell>
      <TableCell className="hidden min-w-52 lg:table-cell">{changes}</TableCell>
    </TableRow>
  );
}

/** The action in words, where they are known; a dot would be a level of the texts' tree. */
function AuditAction({ action }: { action: string }) {
  const t = useTranslations("audit");
  const key = `actions.${action.replaceAll(".", "_")}` as Parameters<typeof t.has>[0];
  return t.has(key) ? t(key as "actions.user_create") : action;
}

function AuditKind({ kind }: { kind: string }) {
  const t = useTranslations("audit");
  const key = `kinds.${kind}` as Parameters<typeof t.has>[0];
  return t.has(key) ? t(key as "kinds.user") : kind;
}
