import dns, { type LookupAddress } from "node:dns";

/** Every address of a host name, as `dns.lookup(hostname, { all: true }, callback)` gives them. */
export type LookupAll = (
  hostname: string,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

type LookupCallback = Parameters<LookupAll>[1];
const underWay = new Map<string, LookupCallback[]>();

/**
 * The system's DNS, asked once at a time per name: each question takes one of Node's four threads, and one slow
 * name must not take them all. Nothing is remembered after the answer.
 */
export function sharedLookup(hostname: string, callback: LookupCallback): void {
  const waiting = underWay.get(hostname);
  if (waiting) {
    waiting.push(callback);
    return;
  }
  const callbacks = [callback];
  underWay.set(hostname, callbacks);
  dns.lookup(hostname, { all: true }, (error, addresses) => {
    underWay.delete(hostname);
    for (const done of callbacks) done(error, addresses ?? []);
  });
}
