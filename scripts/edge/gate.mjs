const DEFAULTS = {
  atOnce: 2,
  waitingAtMost: 256,
  waitingPerAddress: 64,
  waitAtMostMs: 5_000,
  // One that dawdles over its body, or waits for a password to be hashed, makes room for the next.
  countedAtMostMs: 1_000,
  // A rest after each request, so that the thread is the strangers' for a fourth of the time, and theirs who go first
  // for half. What a small request costs is mostly before and after the time that it takes here.
  restPerRequest: { first: 1, other: 3 },
  restAtLeastMs: { first: 5, other: 10 },
  restAtMostMs: 100,
  // So much rest may be owed: a page with all that belongs to it comes at once.
  owedAtMostMs: 300,
};

/**
 * Lets few requests through at once, with rests in between when there are many: those who go first, then the others, in
 * the order they came. `refuse` is called for one that finds too many before it or has waited too long.
 */
export function createGate(options = {}) {
  const limits = { ...DEFAULTS, ...options };
  const waiting = { first: new Set(), other: new Set() };
  let running = 0;
  let restsUntil = 0;
  let waking;

  const owedMs = () => restsUntil - performance.now();
  const hasRoom = () => running < limits.atOnce && owedMs() <= limits.owedAtMostMs;

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
    startNext();
  }

  function start({ isFirst, response, go }) {
    running += 1;
    const startedAt = performance.now();
    const end = () => {
      clearTimeout(longEnough);
      response.off("close", end);
      running -= 1;
      rest({ tookMs: performance.now() - startedAt, kind: isFirst ? "first" : "other" });
      startNext();
    };
    const longEnough = setTimeout(end, limits.countedAtMostMs);
    response.once("close", end);
    go();
  }

  function rest({ tookMs, kind }) {
    const asLong = Math.min(tookMs * limits.restPerRequest[kind], limits.restAtMostMs);
    restsUntil = Math.max(restsUntil, performance.now()) + Math.max(asLong, limits.restAtLeastMs[kind]);
  }

  function startNext() {
    while (hasRoom()) {
      const [entry] = waiting.first.size > 0 ? waiting.first : waiting.other;
      if (!entry) return;
      entry.stopWaiting();
      start(entry);
    }
    const isAnyoneWaiting = waiting.first.size + waiting.other.size > 0;
    if (!isAnyoneWaiting || running >= limits.atOnce || waking !== undefined) return;
    waking = setTimeout(() => {
      waking = undefined;
      startNext();
    }, owedMs() - limits.owedAtMostMs);
  }

  return { enter };
}
