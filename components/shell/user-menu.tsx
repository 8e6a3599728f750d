"use client";

import { ChevronsUpDown, KeyRound, LogOut } from "lucide-react";
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
import type { Role } from "@/lib/auth/actor";
import { PreferenceItems } from "./preferences";

export type ShellUser = { name: string; email: string; role: Role };

export function UserMenu({ user }: { user: ShellUser }) {
  const t = useTranslations("shell");
  const roles = useTranslations("common.roles");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${t("userMenu")}: ${user.name}`}
        className="flex w-full items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-sidebar-accent/60 data-[state=open]:bg-sidebar-accent"
      >
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-full bg-sidebar-accent font-semibold text-sidebar-mark text-xs uppercase"
        >
          {initials(user.name)}
        </span>
        <span className="min-w-0 flex-1 leading-tight">
          <span className="block truncate font-medium text-sidebar-accent-foreground">{user.name}</span>
          <span className="block truncate text-sidebar-muted text-xs">{roles(user.role)}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-sidebar-muted" aria-hidden />
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

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join("");
}
