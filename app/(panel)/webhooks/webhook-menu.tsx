"use client";

import { useState } from "react";
import { later } from "@/components/ui/later";
import { WebhookMenuButton, type WebhookMenuProps } from "./webhook-menu-button";

const OpenedWebhookMenu = later(async () => (await import("./opened-webhook-menu")).OpenedWebhookMenu);

/**
 * «⋯»: what is done with a webhook more seldom than the guide's buttons do. The menu itself is made when it is opened
 * first: a list has one a row.
 */
export function WebhookMenu(props: WebhookMenuProps) {
  const [wasOpened, setWasOpened] = useState(false);
  const { webhook, className } = props;
  const button = (
    <WebhookMenuButton
      webhook={webhook}
      className={className}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWasOpened(true)}
    />
  );
  return wasOpened ? <OpenedWebhookMenu {...props} until={button} /> : button;
}
