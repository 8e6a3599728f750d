"use client";

import { Ellipsis, KeyRound, ShieldOff, UserCheck, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { User } from "@/lib/auth/users/user";
import { useAction } from "../../use-action";
import { useToldAction } from "../../use-told-action";
import { SecretDialog } from "../secret-dialog";
import { resetPasswordAction, resetSecondFactorAction, updateUserAction } from "./actions";

/** What an admin can do to another user, each thing asked about before it is done. */
export function UserActions({
  user: { id, name, email, is_active: isActive, hasSecondFactor },
}: {
  user: User;
}) {
  const t = useTranslations("users");
  const [asking, setAsking] = useState<"disable" | "reset" | "secondFactor" | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const updateUser = useToldAction(updateUserAction, (_, { is_active }) =>
    t(is_active ? "enabledToast" : "disabledToast", { name }),
  );
  const resetSecondFactor = useToldAction(resetSecondFactorAction, () => t("secondFactorReset", { name }));
  const resetPassword = useAction(resetPasswordAction);
  const reset = async () => {
    const result = await resetPassword({ id });
    if (!result.ok) toast.error(result.message);
    else setPassword(result.data.password);
  };
  const questions = {
    disable: {
      title: t("disableTitle"),
      description: t("disableText", { email }),
      confirmLabel: t("disable"),
      onConfirm: () => updateUser({ id, is_active: false }),
    },
    reset: {
      title: t("resetTitle"),
      description: t("resetText", { email }),
      confirmLabel: t("resetPassword"),
      onConfirm: reset,
    },
    secondFactor: {
      title: t("secondFactorTitle"),
      description: t("secondFactorText", { email }),
      confirmLabel: t("resetSecondFactor"),
      onConfirm: () => resetSecondFactor({ id }),
    },
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("actions", { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setAsking("reset")}>
            <KeyRound /> {t("resetPassword")}
          </DropdownMenuItem>
          {hasSecondFactor && (
            <DropdownMenuItem onSelect={() => setAsking("secondFactor")}>
              <ShieldOff /> {t("resetSecondFactor")}
            </DropdownMenuItem>
          )}
          {isActive ? (
            <DropdownMenuItem variant="danger" onSelect={() => setAsking("disable")}>
              <UserX /> {t("disable")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem onSelect={() => void updateUser({ id, is_active: true })}>
              <UserCheck /> {t("enable")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {asking && <ConfirmDialog {...questions[asking]} isOpen onOpenChange={() => setAsking(null)} />}
      {password && (
        <SecretDialog
          title={t("passwordTitle", { email })}
          description={t("passwordText")}
          secret={password}
          closeLabel={t("done")}
          onClose={() => setPassword(null)}
        />
      )}
    </>
  );
}
