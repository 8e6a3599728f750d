import type { StoredFlow } from "@/db/stored-flow";

/** Of a webhook that nothing holds up; a test names what does. */
export const FREE_FLOW: StoredFlow = {
  paused_until: null,
  pauses: 0,
  down_since: null,
  down_reason: null,
  probes: 0,
  next_probe_at: null,
};
