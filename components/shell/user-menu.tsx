"use client";

import { useState } from "react";
import { later } from "@/components/ui/later";
import { type ShellUser, UserMenuButton } from "./user-menu-button";

const OpenedUserMenu = later(async () => (await import("./opened-user-menu")).OpenedUserMenu);

/** The menu itself is made when it is opened first. */
export function UserMenu({ user }: { user: ShellUser }) {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <UserMenuButton
      user={user}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWasOpened(true)}
    />
  );
  return wasOpened ? <OpenedUserMenu user={user} until={button} /> : button;
}
