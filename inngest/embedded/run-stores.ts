import {
  listPendingWebhooks,
  nextDeliveries,
  type PendingDelivery,
  type PostponedDelivery,
  postponeDeliveries,
} from "@/db/queries/pending-deliveries";
import { commitRuns, listLanes, type NextRuns, nextRuns, type RunRow } from "@/db/queries/runs";
import { deliveryRequested } from "@/inngest/functions/step";
import { createGroupCommit } from "@/lib/group-commit";
import type { RunChange } from "./execute-run";

/** Where runs of some lanes wait. What `commit` was given is durable when it resolves. */
export type RunStore = {
  lanes: () => Promise<string[]>;
  next: (query: NextRuns) => Promise<RunRow[]>;
  commit: (change: RunChange) => Promise<void>;
};

// Nobody waits for a run's end: after a crash it would begin again and find its work done.
const GATHER_MS = 25;

/** The table `runs`: a row from a run's start to its end. */
export const runsTable: RunStore = {
  lanes: listLanes,
  next: nextRuns,
  commit: createGroupCommit<RunChange, void>({
    maxItems: 500,
    isPatient: true,
    gatherMs: GATHER_MS,
    flush: async (changes) => {
      await commitRuns({
        moved: changes.flatMap((change) => (change.kind === "moved" ? [change.run] : [])),
        ended: changes.flatMap((change) => (change.kind === "ended" ? [change.id] : [])),
      });
      return changes.map(() => undefined);
    },
  }),
};

const postpone = createGroupCommit<PostponedDelivery, void>({
  maxItems: 500,
  isPatient: true,
  flush: async (postponed) => {
    await postponeDeliveries(postponed);
    return postponed.map(() => undefined);
  },
});

/**
 * The pending deliveries themselves, a lane a webhook. A delivery's row has all that its run must remember,
 * how many attempts were made and when the next is due, and the attempt that changes it has stored it: so
 * nothing is written here but what a fault of ours puts off.
 */
export const pendingDeliveries: RunStore = {
  lanes: async () => (await listPendingWebhooks()).map(laneOfWebhook),
  next: async ({ lane, ...query }) => {
    const webhookId = webhookOfLane(lane);
    return (await nextDeliveries({ webhookId, ...query })).map((row) => runOf({ row, webhookId, lane }));
  },
  commit: async (change) => {
    if (change.kind === "moved" && change.run.failures > 0) await postpone(change.run);
  },
};

const LANE_PREFIX = "webhook-";

/** Each webhook is a lane of its own, so that one that hangs holds up nobody else. */
export function laneOfWebhook(webhookId: number): string {
  return LANE_PREFIX + webhookId;
}

function webhookOfLane(lane: string): number {
  return Number(lane.slice(LANE_PREFIX.length));
}

function runOf(input: { row: PendingDelivery; webhookId: number; lane: string }): RunRow {
  const { row, webhookId, lane } = input;
  const { id, attempts, failures, due_at } = row;
  const { name, data } = deliveryRequested({ id, webhookId });
  return { id, lane, event: { name, data }, memo: memoOf(attempts), due_at, failures };
}

// As deliver-webhook's steps would have left it: what was attempted is done, and what was waited for is over.
function memoOf(attempts: number): RunRow["memo"] {
  const memo: Record<string, unknown> = {};
  for (let attempt = 1; attempt <= attempts; attempt++) {
    memo[`attempt-${attempt}`] = { done: false, delayMs: 0 };
    memo[`wait-${attempt}`] = true;
  }
  return memo;
}
