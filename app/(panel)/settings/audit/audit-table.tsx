import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AuditPage } from "@/lib/audit/list";
import { AuditChanges } from "./audit-changes";

type AuditRow = AuditPage["rows"][number];

export function AuditTable({ rows }: { rows: AuditRow[] }) {
  const t = useTranslations("audit");
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>{t("at")}</TableHead>
          <TableHead>{t("actor")}</TableHead>
          <TableHead>{t("action")}</TableHead>
          <TableHead>{t("subject")}</TableHead>
          <TableHead>{t("changes")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id} className="align-top">
            <TableCell className="text-muted-foreground">
              <Time at={row.at} hasSeconds />
            </TableCell>
            <TableCell className="max-w-48 truncate">
              {row.actorKind === "system" ? t("system") : row.actorName}
            </TableCell>
            <TableCell>
              <Badge variant={row.action === "sign_in.failed" ? "warning" : "neutral"}>
                <AuditAction action={row.action} />
              </Badge>
            </TableCell>
            <TableCell className="max-w-56">
              <span className="block truncate">{row.subjectName ?? t("unknownUser")}</span>
              <span className="text-muted-foreground text-xs">
                <AuditKind kind={row.subjectKind} /> {row.subjectId && `№ ${row.subjectId}`}
              </span>
            </TableCell>
            <TableCell className="min-w-52">
              {row.changes && <AuditChanges changes={row.changes} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
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
