import { selectWebhookTitles } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";

export type WebhookChoice = { id: number; name: string };

/** The newest webhooks to choose from, at most `limit`, with the one that is chosen, and how many more there are. */
export async function listWebhookChoices({
  actor,
  chosenId,
  limit,
}: {
  actor: Actor;
  chosenId: number | undefined;
  limit: number;
}): Promise<{ choices: WebhookChoice[]; more: number }> {
  requireRole(actor, "viewer");
  const titles = await selectWebhookTitles();
  const shown = titles.filter(({ id }, index) => index < limit || id === chosenId);
  return { choices: shown.map(({ id, name }) => ({ id, name })), more: titles.length - shown.length };
}
