"use client";

import { KeyRound, LogOut } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { PreferenceItems } from "./preferences";
import { type ShellUser, UserMenuButton } from "./user-menu-button";

/** The menu with its button, open at first. */
export function OpenedUserMenu({ user }: { user: ShellUser }) {
  const t = useTranslations("shell");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <UserMenuButton user={user} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56">
        <p className="truncate px-2.5 pt-1.5 pb-1 text-muted-foreground text-xs">{user.email}</p>
        <DropdownMenuItem asChild>
          <Link href="/settings/password">
            <KeyRound /> {t("password")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <PreferenceItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void signOut({ callbackUrl: "/sign-in" })}>
          <LogOut /> {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
