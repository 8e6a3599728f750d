import type { IncomingMessage } from "node:http";
import { processWide } from "@/db/process-wide";
import { clientIp, networkOf } from "@/lib/auth/client-ip";
import { isFamiliarAddress } from "@/lib/auth/familiar-addresses";
import { deviceOf } from "@/lib/auth/known-device";
import { isExpectedToken } from "@/lib/auth/token-cache";
import { isSameSecret, sha256Hex } from "@/lib/crypto";
import { env } from "@/lib/env";

/**
 * Who goes before whom when there is a crowd, before anything is read of a request: `engine` is Inngest, `trusted` has
 * shown a key, `familiar` comes from an address from which somebody has.
 */
export type Visitor = { rank: "engine" | "trusted" | "familiar" | "stranger"; address: string };

const inngestAddresses = processWide("inngest-addresses", () => new Set<string>());

/** Who sends this request of Node's server, by what this process knows: no database is asked. */
export function visitorOf({
  headers,
  socket,
  url = "",
}: Pick<IncomingMessage, "headers" | "socket" | "url">): Visitor {
  const address = clientIp({
    get: (name) => (headers[name.toLowerCase()] ?? socket.remoteAddress)?.toString() ?? null,
  });
  return { rank: rankOf({ headers, url, address }), address: networkOf(address) };
}

/** Inngest calls from here: its signature was found good. */
export function noteInngestAddress(address: string): void {
  if (inngestAddresses.size >= 1_000) inngestAddresses.clear();
  inngestAddresses.add(address);
}

type Asked = { headers: IncomingMessage["headers"]; url: string; address: string };

function rankOf({ headers, url, address }: Asked): Visitor["rank"] {
  const [path] = url.split("?");
  if (path === "/api/inngest") {
    if (env().INNGEST_DEV !== undefined || inngestAddresses.has(address)) return "engine";
    // Strangers would have to know what Inngest sends.
    if (headers["x-inngest-signature"] !== undefined) return "familiar";
  }
  if (hasKey(headers)) return "trusted";
  return isFamiliarAddress(address) ? "familiar" : "stranger";
}

function hasKey({ authorization = "", cookie }: IncomingMessage["headers"]): boolean {
  const [, token] = /^Bearer +(\S{1,512})\s*$/i.exec(authorization) ?? [];
  if (token === undefined) return deviceOf(cookie) !== null;
  const { METRICS_TOKEN } = env();
  return (
    isExpectedToken(sha256Hex(token)) || (METRICS_TOKEN !== undefined && isSameSecret(token, METRICS_TOKEN))
  );
}
