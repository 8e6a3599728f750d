import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";

type Options<Item, Result> = {
  /** Does the whole batch in one statement and returns one result per item, in order. */
  flush: (items: Item[]) => Promise<Result[]>;
  maxItems: number;
  /** Ends a batch before the item that would make it larger than this, in the unit of `sizeOf`. */
  maxSize?: number;
  sizeOf?: (item: Item) => number;
  /** How long it gathers between two flushes, in ms; by default as long as the last one took, 5 ms at most. */
  gatherMs?: number;
  /** Keep the batch and try again until the database is back; otherwise its callers get the error at once. */
  isPatient?: boolean;
};

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

const PATIENCE_MS = 250;
const MAX_GATHER_MS = 5;

/**
 * Group commit: callers that come while a flush is under way share the next one, so batches grow with the
 * load and a lone caller waits for nobody. A caller is answered after its batch is committed. When a batch
 * is refused for what is in it, its items go one by one, so that one bad row never fails its neighbours.
 */
export function createGroupCommit<Item, Result>(
  options: Options<Item, Result>,
): (item: Item) => Promise<Result> {
  const { maxItems, maxSize = Number.POSITIVE_INFINITY, sizeOf = () => 0 } = options;
  const waiting: Waiting<Item, Result>[] = [];
  let isDraining = false;

  // Between flushes it gathers for as long as the last one took, so that under load at most half of the time
  // goes into statements, and each carries more.
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const startedAt = performance.now();
      await flushBatch(waiting.splice(0, nextBatchLength()));
      const tookMs = performance.now() - startedAt;
      if (waiting.length < maxItems / 2) await sleep(options.gatherMs ?? Math.min(tookMs, MAX_GATHER_MS));
    }
    isDraining = false;
  }

  function nextBatchLength(): number {
    let size = 0;
    const end = waiting.slice(0, maxItems).findIndex(({ item }, index) => {
      size += sizeOf(item);
      return index > 0 && size > maxSize;
    });
    return end === -1 ? maxItems : end;
  }

  async function flushBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await options.flush(batch.map((entry) => entry.item));
      batch.forEach((entry, index) => {
        entry.resolve(results[index] as Result);
      });
    } catch (error) {
      await recover(batch, error);
    }
  }

  async function recover(batch: Waiting<Item, Result>[], error: unknown): Promise<void> {
    if (isDatabaseAway(error)) {
      if (!options.isPatient) return rejectAll(batch, error);
      await sleep(PATIENCE_MS);
      return flushBatch(batch);
    }
    if (batch.length === 1) return rejectAll(batch, error);
    for (const entry of batch) await flushBatch([entry]);
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isDraining) return;
      isDraining = true;
      // Not at once: what else this turn of the event loop brings belongs to the same batch.
      setImmediate(drain);
    });
}

function rejectAll(batch: { reject: (error: unknown) => void }[], error: unknown): void {
  for (const entry of batch) entry.reject(error);
}
