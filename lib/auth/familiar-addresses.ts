import { processWide } from "@/db/process-wide";
import { networkOf } from "@/lib/auth/client-ip";

// The oldest goes first.
export const MAX_ADDRESSES = 10_000;

const addresses = processWide("familiar-addresses", () => new Set<string>());

/** Whether somebody has signed in, or used an API token, from this address: they are served before strangers. */
export function isFamiliarAddress(address: string): boolean {
  return addresses.has(networkOf(address));
}

export function noteFamiliarAddress(address: string): void {
  const network = networkOf(address);
  addresses.delete(network);
  addresses.add(network);
  const [oldest] = addresses;
  if (addresses.size > MAX_ADDRESSES && oldest !== undefined) addresses.delete(oldest);
}
