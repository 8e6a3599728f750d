import type { ReactNode } from "react";
import { requireActor } from "../../session";
import { findWebhookOr404 } from "./find-webhook";

type WebhookLayoutProps = { children: ReactNode; params: Promise<{ webhookId: string }> };

/** Looks for what the address names before the page begins to be sent: only then can the answer still be 404. */
export default async function WebhookLayout({ children, params }: WebhookLayoutProps) {
  await findWebhookOr404({ actor: await requireActor(), webhookId: (await params).webhookId });
  return children;
}
