import ipaddr from "ipaddr.js";

/**
 * The address a request came from: the last one in X-Forwarded-For, which the nearest proxy wrote, or where there is
 * none Next or lib/http/answer-node. Without a proxy the sender can write it, so no limit may rest on it alone.
 */
export function clientIp(headers: Pick<Headers, "get">): string {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last ? withoutPort(last.slice(0, 64)) : "unknown";
}

/** What limits count by: of an IPv6 address its /64, since whoever has one address there has all of them. */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const { parts } = ipaddr.IPv6.parse(address);
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

// Azure's gateway writes the port along, and a server that listens on :: sees IPv4 senders as ::ffff:….
function withoutPort(address: string): string {
  return address
    .replace(/^\[([^\]]*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "");
}
