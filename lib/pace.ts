import { setTimeout as sleep } from "node:timers/promises";

const REST_PER_WORK = 3;

/**
 * Waits three times as long as the work since `startedAt` (`performance.now()`, in ms) took. Housekeeping then has a
 * quarter of the database's time at most; the embedded database serves nobody else meanwhile.
 */
export async function restAfterWork(startedAt: number): Promise<void> {
  await sleep((performance.now() - startedAt) * REST_PER_WORK);
}

/**
 * Repeats `work`, which answers how many rows it did, with rests in between, until it does fewer than `batchRows` or
 * `isOver`. Returns how many rows were done.
 */
export async function workInBatches({
  batchRows,
  work,
  isOver = () => false,
}: {
  batchRows: number;
  work: () => Promise<number>;
  isOver?: () => boolean;
}): Promise<number> {
  let total = 0;
  while (!isOver()) {
    const startedAt = performance.now();
    const done = await work();
    total += done;
    if (done < batchRows) break;
    await restAfterWork(startedAt);
  }
  return total;
}
