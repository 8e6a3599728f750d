import ipaddr from "ipaddr.js";

/** Reachable only inside a cloud although the address itself looks public. */
const METADATA_ADDRESSES = new Set(["168.63.129.16"]);

/** All of IPv6 that is routed on the internet today (IANA IPv6 address space); the rest is refused unseen. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR("2000::/3");

const RANGE_NAMES: Record<string, string> = {
  loopback: "loopback",
  private: "private",
  uniqueLocal: "private",
  linkLocal: "link-local",
  carrierGradeNat: "carrier-grade NAT",
  unspecified: "unspecified",
  multicast: "multicast",
  broadcast: "broadcast",
  rfc6052: "NAT64",
  "6to4": "6to4",
  teredo: "Teredo",
};

/**
 * What makes this IP address (a literal, no brackets) one that webhooks must not reach, in words
 * ("loopback", "private" …); null for an address of the public internet.
 */
export function specialAddressKind(address: string): string | null {
  if (!ipaddr.isValid(address)) return "malformed";
  const ip = ipaddr.process(address);
  if (METADATA_ADDRESSES.has(ip.toString())) return "cloud metadata";
  const range = ip.range();
  if (range !== "unicast") return RANGE_NAMES[range] ?? "reserved";
  if (ip instanceof ipaddr.IPv6 && !ip.match(GLOBAL_UNICAST_V6)) return "reserved";
  return null;
}
