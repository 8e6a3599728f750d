import { type Actor, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { checkUrl, type UrlCheck } from "@/lib/outbound/ssrf-guard";

/** Whether a webhook may be saved with this URL under the settings of this server. Throws forbidden below manager. */
export function judgeUrl({ actor, url }: { actor: Actor; url: string }): UrlCheck {
  requireRole(actor, "manager");
  return checkUrl(url.trim(), { allow: env().OUTBOUND_ALLOW, requireHttps: env().REQUIRE_HTTPS });
}
