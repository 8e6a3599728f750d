"use client";

import { useState } from "react";
import { later } from "@/components/ui/later";
import { FileMenuButton } from "./file-menu-button";

const OpenedFileMenu = later(async () => (await import("./opened-file-menu")).OpenedFileMenu);

/** Webhooks out to a file and in from one; the menu itself is made when it is opened first. */
export function FileMenu() {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <FileMenuButton aria-haspopup="menu" aria-expanded={false} onClick={() => setWasOpened(true)} />
  );
  return wasOpened ? <OpenedFileMenu until={button} /> : button;
}
