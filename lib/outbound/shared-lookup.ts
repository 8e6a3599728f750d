import type { LookupAddress } from "node:dns";
import { resolveHost } from "@/lib/outbound/resolve-host";

/** Every address of a host name, as `dns.lookup(hostname, { all: true }, callback)` gives them. */
export type LookupAll = (
  hostname: string,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** How long a failure is remembered; an address never is. */
const FAILURE_MS = 5_000;
const MAX_NAMES = 10_000;

/** Lookups that are asked for once at a time per name; those that failed stay for a while. */
export function createSharedLookup(resolve: (hostname: string) => Promise<LookupAddress[]>): LookupAll {
  const lookups = new Map<string, Promise<LookupAddress[]>>();

  const start = (hostname: string): Promise<LookupAddress[]> => {
    const lookup = resolve(hostname);
    const forget = () => void (lookups.get(hostname) === lookup && lookups.delete(hostname));
    lookup.then(forget, () => {
      if (lookups.size > MAX_NAMES) forget();
      else setTimeout(forget, FAILURE_MS).unref();
    });
    lookups.set(hostname, lookup);
    return lookup;
  };

  return (hostname, callback) => {
    (lookups.get(hostname) ?? start(hostname)).then(
      (addresses) => callback(null, addresses),
      (error: Error) => callback(error, []),
    );
  };
}

export const sharedLookup: LookupAll = createSharedLookup(resolveHost);
