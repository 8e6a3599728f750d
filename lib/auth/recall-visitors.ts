import { selectAddresses } from "@/db/queries/sessions";
import { selectTokenHashes } from "@/db/queries/tokens";
import { MAX_ADDRESSES, noteFamiliarAddress } from "@/lib/auth/familiar-addresses";
import { expectToken } from "@/lib/auth/token-cache";

const MAX_TOKENS = 500;

/** At the start: who is no stranger by what the database holds, so that a restart puts nobody behind a crowd. */
export async function recallVisitors(): Promise<void> {
  for (const address of await selectAddresses(MAX_ADDRESSES)) noteFamiliarAddress(address);
  for (const tokenHash of await selectTokenHashes(MAX_TOKENS)) expectToken(tokenHash);
}
