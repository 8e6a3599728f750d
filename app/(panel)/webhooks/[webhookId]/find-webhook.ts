import { cache } from "react";
import { MAX_ID } from "@/lib/http/query";
import { getWebhook } from "@/lib/webhooks/get";
import { idOrNotFound, orNotFound } from "../../or-not-found";
import { requireActor } from "../../session";

/** The webhook of a page's address, read once a request; what names none ends in «not found». */
export const findWebhook = cache(async (text: string) => {
  const webhookId = idOrNotFound({ text, max: MAX_ID });
  return orNotFound(getWebhook({ actor: await requireActor(), webhookId }));
});
