import { type Actor, hasRole } from "@/lib/auth/actor";
import { maskEchoes, maskUrl, maskUrlsIn } from "@/lib/outbound/mask-url";

type Shown = {
  request_url?: string;
  error_message?: string | null;
  reason?: string | null;
  response_headers?: Record<string, string> | null;
  response_body?: string | null;
};

/**
 * A row of the log as an actor may see it: below manager the secrets of a webhook's URL are masked wherever the URL
 * stands, also where the receiver repeated it (contract 3).
 */
export function shownTo<Row extends Shown>(actor: Actor, row: Row): Row {
  if (hasRole(actor, "manager")) return row;
  const { request_url: url, error_message, reason, response_headers, response_body } = row;
  const masked = (text: string) => (url === undefined ? maskUrlsIn(text) : maskEchoes({ text, url }));
  return {
    ...row,
    ...(url === undefined ? {} : { request_url: maskUrl(url) }),
    ...(error_message ? { error_message: masked(error_message) } : {}),
    ...(reason ? { reason: masked(reason) } : {}),
    ...(response_headers ? { response_headers: maskValues({ headers: response_headers, masked }) } : {}),
    ...(response_body ? { response_body: masked(response_body) } : {}),
  };
}

type Masking = { headers: Record<string, string>; masked: (text: string) => string };

function maskValues({ headers, masked }: Masking): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masked(value)]));
}
