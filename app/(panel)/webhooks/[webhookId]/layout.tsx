import type { ReactNode } from "react";
import { Texts } from "@/app/texts";
import { findWebhook } from "./find-webhook";

type WebhookLayoutProps = { children: ReactNode; params: Promise<{ webhookId: string }> };

/** Looks for what the address names before the page begins to be sent: only then can the answer still be 404. */
export default async function WebhookLayout({ children, params }: WebhookLayoutProps) {
  await findWebhook((await params).webhookId);
  return <Texts of={["logs", "orders", "overview"]}>{children}</Texts>;
}
