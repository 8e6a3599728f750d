"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ApiToken } from "@/lib/auth/tokens/api-token";
import { useToldAction } from "../../use-told-action";
import { revokeTokenAction } from "./actions";

export function TokensTable({ tokens }: { tokens: ApiToken[] }) {
  const t = useTranslations("tokens");
  const common = useTranslations("common");
  const [asking, setAsking] = useState<ApiToken | null>(null);
  const revoke = useToldAction(revokeTokenAction, () => t("revokedToast", { name: asking?.name ?? "" }));
  return (
    <>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>{t("name")}</TableHead>
            <TableHead className="hidden sm:table-cell">{t("role")}</TableHead>
            <TableHead className="hidden md:table-cell">{t("lastUsed")}</TableHead>
            <TableHead className="hidden lg:table-cell">{t("created")}</TableHead>
            <TableHead className="sm:w-32">
              <span className="sr-only">{t("revoke")}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {tokens.map((token) => (
            <TableRow key={token.id} className={cn(token.revoked_at && "text-muted-foreground")}>
              <TableCell className="max-w-64">
                <span className={cn("block truncate font-medium", token.revoked_at && "line-through")}>
                  {token.name}
                </span>
                <span className="font-mono text-muted-foreground text-xs">{token.prefix}…</span>
                {token.isOwnerDisabled && !token.revoked_at && (
                  <Badge variant="warning" className="mt-1 flex">
                    {t("ownerDisabled")}
                  </Badge>
                )}
                <span className="block text-xs sm:hidden">{common(`roles.${token.role}`)}</span>
              </TableCell>
              <TableCell className="hidden sm:table-cell">
                <Badge variant={token.revoked_at ? "outline" : "accent"}>
                  {common(`roles.${token.role}`)}
                </Badge>
              </TableCell>
              <TableCell className="hidden text-muted-foreground md:table-cell">
                {token.last_used_at ? <Time at={token.last_used_at} /> : common("never")}
              </TableCell>
              <TableCell className="hidden text-muted-foreground lg:table-cell">
                <Time at={token.created_at} />
                <span className="block truncate text-xs">{token.created_by}</span>
              </TableCell>
              <TableCell className="text-right">
                {token.revoked_at ? (
                  <span className="text-xs">
                    {t("revoked")}{" "}
                    <Time at={token.revoked_at} className="hidden whitespace-nowrap tabular-nums sm:inline" />
                  </span>
                ) : (
                  <Button variant="danger-ghost" size="sm" onClick={() => setAsking(token)}>
                    {t("revoke")}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        isOpen={asking !== null}
        onOpenChange={() => setAsking(null)}
        title={t("revokeTitle", { name: asking?.name ?? "" })}
        description={t("revokeText")}
        confirmLabel={t("revoke")}
        onConfirm={async () => asking && revoke({ id: asking.id })}
      />
    </>
  );
}
