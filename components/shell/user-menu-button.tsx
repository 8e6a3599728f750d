"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import type { Role } from "@/lib/auth/actor";

export type ShellUser = { name: string; email: string; role: Role };

export function UserMenuButton({ user, ...props }: { user: ShellUser } & ComponentProps<"button">) {
  const t = useTranslations("shell");
  const roles = useTranslations("common.roles");
  return (
    <button
      type="button"
      aria-label={`${t("userMenu")}: ${user.name}`}
      className="flex w-full items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-sidebar-accent/60 data-[state=open]:bg-sidebar-accent"
      {...props}
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
    </button>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join("");
}
