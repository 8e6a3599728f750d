import type { StoredRefusal } from "@/db/stored-refusal";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { maskEchoes, maskUrl, maskUrlsIn } from "@/lib/outbound/mask-url";
import { mapRefusal } from "@/lib/refusals/map-refusal";

type Shown = {
  request_url?: string;
  fault?: StoredRefusal | null;
  refusal?: StoredRefusal | null;
  response_headers?: Record<string, string> | null;
  response_body?: string | null;
};

/**
 * A row of the log as an actor may see it: below manager the secrets of a webhook's URL are masked wherever the URL
 * stands, also where the receiver repeated it (contract 3).
 */
export function shownTo<Row extends Shown>(actor: Actor, row: Row): Row {
  if (hasRole(actor, "manager")) return row;
  const { request_url: url, fault, refusal, response_headers, response_body } = row;
  const masked = (text: string) => (url === undefined ? maskUrlsIn(text) : maskEchoes({ text, url }));
  return {
    ...row,
    ...(url === undefined ? {} : { request_url: maskUrl(url) }),
    ...(fault ? { fault: mapRefusal(fault, masked) } : {}),
    ...(refusal ? { refusal: mapRefusal(refusal, masked) } : {}),
    ...(response_headers ? { response_headers: maskValues({ headers: response_headers, masked }) } : {}),
    ...(response_body ? { response_body: masked(response_body) } : {}),
  };
}

type Masking = { headers: Record<string, string>; masked: (text: string) => string };

function maskValues({ headers, masked }: Masking): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masked(value)]));
}
