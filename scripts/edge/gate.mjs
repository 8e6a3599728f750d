const DEFAULTS = {
  atOnce: 2,
  waitingAtMost: 256,
  waitingPerAddress: 64,
  waitAtMostMs: 5_000,
  // One that dawdles over its body, or waits for a password to be hashed, makes room for the next.
  countedAtMostMs: 1_000,
  // While others wait, the thread is the strangers' for a fourth of the time, and theirs who go first for half.
  restPerRequest: { first: 1, other: 3 },
  restAtMostMs: 100,
};

/**
 * Lets few requests through at once, with rests in between as long as others wait: those who go first, then the others,
 * in the order they came. `refuse` is called for one that finds too many before it or has waited too long.
 */
export function createGate(options = {}) {
  const limits = { ...DEFAULTS, ...options };
  const waiting = { first: new Set(), other: new Set() };
  let running = 0;
  let resting;

  const hasRoom = () => running < limits.atOnce && resting === undefined;

  function enter(entry) {
    const { isFirst, address, response, refuse } = entry;
    const others = [...waiting.first, ...waiting.other];
    if (others.length === 0 && hasRoom()) return start(entry);
    const ofAddress = others.filter((other) => other.address === address).length;
    if (others.length >= limits.waitingAtMost || ofAddress >= limits.waitingPerAddress) return refuse();
    const queue = isFirst ? waiting.first : waiting.other;
    const stopWaiting = () => {
      clearTimeout(tooLate);
      queue.delete(entry);
      response.off("close", stopWaiting);
    };
    const giveUp = () => {
      stopWaiting();
      refuse();
    };
    const tooLate = limits.waitAtMostMs && setTimeout(giveUp, limits.waitAtMostMs);
    entry.stopWaiting = stopWaiting;
    response.once("close", stopWaiting);
    queue.add(entry);
  }

  function start({ response, go }) {
    running += 1;
    const startedAt = performance.now();
    const end = () => {
      clearTimeout(longEnough);
      response.off("close", end);
      running -= 1;
      rest(performance.now() - startedAt);
      startNext();
    };
    const longEnough = setTimeout(end, limits.countedAtMostMs);
    response.once("close", end);
    go();
  }

  function rest(tookMs) {
    const next = ["first", "other"].find((queue) => waiting[queue].size > 0);
    if (!next) return;
    clearTimeout(resting);
    resting = setTimeout(
      () => {
        resting = undefined;
        startNext();
      },
      Math.min(tookMs * limits.restPerRequest[next], limits.restAtMostMs),
    );
  }

  function startNext() {
    while (hasRoom()) {
      const [entry] = waiting.first.size > 0 ? waiting.first : waiting.other;
      if (!entry) return;
      entry.stopWaiting();
      start(entry);
    }
  }

  return { enter };
}
