"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Role } from "@/lib/auth/actor";
import type { User } from "@/lib/auth/users/user";
import { useToldAction } from "../../use-told-action";
import { RoleSelect } from "../role-select";
import { updateUserAction } from "./actions";
import { UserActions } from "./user-actions";

export function UserRow({ user, isSelf }: { user: User; isSelf: boolean }) {
  const t = useTranslations("users");
  const common = useTranslations("common");
  const [isBusy, startTransition] = useTransition();
  const updateUser = useToldAction(updateUserAction, (_, { role = user.role }) =>
    t("roleChanged", { name: user.name, role: common(`roles.${role}`) }),
  );
  const changeRole = (role: Role) =>
    startTransition(async () => void (await updateUser({ id: user.id, role })));
  const status = user.is_active ? (
    <Badge variant="success">{t("active")}</Badge>
  ) : (
    <Badge variant="neutral">{t("disabled")}</Badge>
  );
  return (
    <TableRow className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center">
      <TableCell className="max-w-60 max-sm:max-w-none">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{user.name}</span>
          {isSelf && <Badge variant="accent">{t("you")}</Badge>}
        </span>
        <span className="block truncate text-[0.8125rem] text-muted-foreground">{user.email}</span>
        {!user.is_active && <span className="mt-1 block sm:hidden">{status}</span>}
      </TableCell>
      <TableCell className="max-sm:col-span-2 max-sm:row-start-2 max-sm:pt-0">
        {isSelf ? (
          <span className="sm:px-3">{common(`roles.${user.role}`)}</span>
        ) : (
          <RoleSelect
            aria-label={t("roleOf", { name: user.name })}
            value={user.role}
            onChange={changeRole}
            isDisabled={isBusy}
            className="h-8 w-full sm:w-44"
          />
        )}
      </TableCell>
      <TableCell className="hidden sm:table-cell">{status}</TableCell>
      <TableCell className="hidden text-muted-foreground md:table-cell">
        {user.last_sign_in_at ? <Time at={user.last_sign_in_at} /> : common("never")}
      </TableCell>
      <TableCell>{!isSelf && <UserActions user={user} />}</TableCell>
    </TableRow>
  );
}
