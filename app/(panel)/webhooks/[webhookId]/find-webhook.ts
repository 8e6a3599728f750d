import { notFound } from "next/navigation";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { getWebhook } from "@/lib/webhooks/get";
import type { WebhookView } from "@/lib/webhooks/view";

const MAX_ID = 2_147_483_647;

/** The webhook of a page's address; what names none ends in «not found». */
export async function findWebhookOr404({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: string;
}): Promise<WebhookView> {
  const id = /^\d{1,10}$/.test(webhookId) ? Number(webhookId) : 0;
  if (id < 1 || id > MAX_ID) notFound();
  try {
    return await getWebhook({ actor, webhookId: id });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
