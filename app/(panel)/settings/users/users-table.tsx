"use client";

import { useTranslations } from "next-intl";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { User } from "@/lib/auth/users/user";
import { UserRow } from "./user-row";

export function UsersTable({ users, ownId }: { users: User[]; ownId: number }) {
  const t = useTranslations("users");
  return (
    <Table className="max-sm:block">
      <TableHeader className="max-sm:sr-only">
        <TableRow>
          <TableHead>{t("name")}</TableHead>
          <TableHead>{t("role")}</TableHead>
          <TableHead className="hidden sm:table-cell">{t("status")}</TableHead>
          <TableHead className="hidden md:table-cell">{t("lastSignIn")}</TableHead>
          <TableHead className="w-12">
            <span className="sr-only">{t("actionsColumn")}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody className="max-sm:block">
        {users.map((user) => (
          <UserRow key={user.id} user={user} isSelf={user.id === ownId} />
        ))}
      </TableBody>
    </Table>
  );
}
