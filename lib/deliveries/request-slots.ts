export type RequestSlots = { run: <T>(key: number | string, fn: () => Promise<T>) => Promise<T> };

type Lane = { running: number; first: Waiting | null; last: Waiting | null };
type Waiting = { start: () => void; next: Waiting | null };

/**
 * Lets at most `limit` functions of one key run at a time; the others wait in the order they came, and
 * keys never wait for each other. A key costs memory only while something of it runs.
 */
export function createRequestSlots(limit: number): RequestSlots {
  const lanes = new Map<number | string, Lane>();

  return {
    async run(key, fn) {
      const lane = lanes.get(key) ?? { running: 0, first: null, last: null };
      lanes.set(key, lane);
      if (lane.running < limit) lane.running += 1;
      else await takeTurn(lane);
      try {
        return await fn();
      } finally {
        // A slot is handed to the next in line as it is: `running` stays, so no newcomer slips between.
        if (!startNext(lane)) lane.running -= 1;
        if (lane.running === 0) lanes.delete(key);
      }
    },
  };
}

function takeTurn(lane: Lane): Promise<void> {
  return new Promise((resolve) => {
    const waiting: Waiting = { start: resolve, next: null };
    if (lane.last) lane.last.next = waiting;
    else lane.first = waiting;
    lane.last = waiting;
  });
}

function startNext(lane: Lane): boolean {
  const waiting = lane.first;
  if (!waiting) return false;
  lane.first = waiting.next;
  if (!lane.first) lane.last = null;
  waiting.start();
  return true;
}
