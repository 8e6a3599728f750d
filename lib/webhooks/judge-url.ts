import { type Actor, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { checkUrl, type UrlCheck } from "@/lib/outbound/ssrf-guard";
import { ownInspector } from "@/lib/own-server";

/** Whether a webhook may be saved with this URL under the settings of this server. Throws forbidden below manager. */
export function judgeUrl({ actor, url }: { actor: Actor; url: string }): UrlCheck {
  requireRole(actor, "manager");
  return checkWebhookUrl(url.trim());
}

/** As `judgeUrl`; the product's own inspector is always allowed (lib/own-server). */
export function checkWebhookUrl(url: string): UrlCheck {
  if (ownInspector(url)) return { ok: true };
  return checkUrl(url, { allow: env().OUTBOUND_ALLOW, requireHttps: env().REQUIRE_HTTPS });
}
