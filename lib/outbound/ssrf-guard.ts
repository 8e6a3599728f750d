import { isIP, type LookupFunction } from "node:net";
import { domainToASCII } from "node:url";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";
import { type LookupAll, sharedLookup } from "@/lib/outbound/shared-lookup";
import { specialAddressKind } from "@/lib/outbound/special-address";
import { urlProblem } from "@/lib/outbound/url-problem";
import { refusalText } from "@/lib/refusals/refusal-text";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

/** What OUTBOUND_ALLOW opens beside the public internet. `text` is the setting it was read from. */
export type OutboundAllow = {
  readonly text: string;
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
};

export type UrlCheck = { ok: true; warning?: "http" } | { ok: false; message: string; refusal: Refusal };

/** Certificate authorities (PEM) to trust instead of the public ones. */
export type OutboundTls = { ca: string };

/** So many addresses of a receiver can be tried within the timeout, one after another, if none of them answers. */
const ADDRESSES_IN_TIME = 3;

/** A connection that the guard refused; it is an expected outcome of an attempt and ends as `blocked_address`. */
export class BlockedAddressError extends Error {
  override readonly name = "BlockedAddressError";

  constructor(readonly refusal: Refusal) {
    super(refusalText(refusal));
  }
}

/**
 * Reads OUTBOUND_ALLOW: IP addresses, CIDR ranges and host names, separated by commas; empty allows nothing
 * beyond the public internet. Throws an Error that names the entry that is none of these.
 */
export function parseOutboundAllow(text: string): OutboundAllow {
  const hosts = new Set<string>();
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const range = parseRange(entry);
    const host = range ? null : parseHostName(entry);
    if (range) ranges.push(range);
    else if (host) hosts.add(host);
    else
      throw new Error(
        `OUTBOUND_ALLOW: "${entry}" is not an IP address (10.0.0.5), a range (10.0.0.0/8) or a host name ` +
          "(crm.local). Write it without a scheme, a port or a path.",
      );
  }
  return { text, hosts, ranges };
}

/** Whether a webhook may be saved with this URL; what its host name resolves to is checked at each connection. */
export function checkUrl(
  url: string,
  { allow, requireHttps }: { allow: OutboundAllow; requireHttps: boolean },
): UrlCheck {
  const problem = urlProblem(url);
  if (problem !== null) return refused(problem);

  const { protocol, hostname } = new URL(url);
  const blocked = blockedHost({ hostname, allow });
  if (blocked !== null) return refused(blocked);
  if (protocol === "https:") return { ok: true };
  if (requireHttps) return refused(refuse("url_https"));
  return { ok: true, warning: "http" };
}

/**
 * An undici connector that opens connections only to allowed addresses: IP literals are checked here, and of
 * a host name every resolved address, with exactly the checked ones handed on (a second DNS answer is never
 * asked for). A refusal is a `BlockedAddressError`. `timeoutMs` bounds DNS, TCP and TLS together; `onAddresses` hears
 * what a name was resolved to.
 */
export function guardedConnector({
  allow,
  timeoutMs,
  tls,
  lookupAll = sharedLookup,
  onAddresses,
}: {
  allow: OutboundAllow;
  timeoutMs?: number;
  tls?: OutboundTls;
  lookupAll?: LookupAll;
  onAddresses?: (addresses: string[]) => void;
}): buildConnector.connector {
  const connect = buildConnector({
    ...tls,
    timeout: timeoutMs,
    // Node's own 250 ms would give up an address that is far away or loses a packet.
    autoSelectFamilyAttemptTimeout: timeoutMs && Math.ceil(timeoutMs / ADDRESSES_IN_TIME),
    lookup: guardedLookup({ allow, lookupAll, onAddresses }),
  });
  return (options, callback) => {
    const blocked = blockedHost({ hostname: options.hostname, allow });
    if (blocked === null) connect(options, callback);
    else queueMicrotask(() => callback(new BlockedAddressError(blocked), null));
  };
}

type LookupRules = {
  allow: OutboundAllow;
  lookupAll: LookupAll;
  onAddresses?: (addresses: string[]) => void;
};

function guardedLookup({ allow, lookupAll, onAddresses }: LookupRules): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, (error, addresses) => {
      const first = addresses[0];
      if (error || !first) return callback(error ?? noAddress(hostname), "");
      const blocked = blockedAnswer({ hostname, addresses, allow });
      if (blocked !== null) return callback(new BlockedAddressError(blocked), "");
      onAddresses?.(addresses.map(({ address }) => address));
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

/** Why a URL's host is refused before any DNS, or null. */
function blockedHost({ hostname, allow }: { hostname: string; allow: OutboundAllow }): Refusal | null {
  const host = bareHost(hostname);
  if (allow.hosts.has(host)) return null;
  if (isIP(host) !== 0) return blockedAnswer({ hostname: host, addresses: [{ address: host }], allow });
  if (host !== "localhost" && !host.endsWith(".localhost")) return null;
  return refuse("address_this_machine", { host });
}

function blockedAnswer({
  hostname,
  addresses,
  allow,
}: {
  hostname: string;
  addresses: { address: string }[];
  allow: OutboundAllow;
}): Refusal | null {
  const host = bareHost(hostname);
  if (allow.hosts.has(host)) return null;
  for (const { address } of addresses) {
    const kind = specialAddressKind(address);
    if (kind === null || isAllowedAddress({ address, allow })) continue;
    return address === host
      ? refuse("address_special", { address, kind })
      : refuse("address_resolved", { host, address, kind });
  }
  return null;
}

function isAllowedAddress({ address, allow }: { address: string; allow: OutboundAllow }): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return allow.ranges.some(([base, bits]) => base.kind() === ip.kind() && ip.match(base, bits));
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
}

function parseRange(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  const [address = "", bits, ...rest] = entry.split("/");
  if (isIP(address) === 0 || address.includes("%") || rest.length > 0) return null;
  if (bits === undefined) {
    const ip = ipaddr.process(address);
    return [ip, ip.kind() === "ipv4" ? 32 : 128];
  }
  const isPrefix = /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
  return isPrefix ? [ipaddr.parse(address), Number(bits)] : null;
}

/** Lower-case ASCII form; null when it is no host name. A numeric last label is a mistyped IP address. */
function parseHostName(entry: string): string | null {
  if (/[\s/:@%?#\\*]/.test(entry)) return null;
  const host = domainToASCII(entry).replace(/\.$/, "");
  const isHostName = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(host);
  return isHostName && !/(^|\.)\d+$/.test(host) ? host : null;
}

function noAddress(hostname: string): Error {
  return Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
}

function refused(refusal: Refusal): UrlCheck {
  return { ok: false, message: refusalText(refusal), refusal };
}
