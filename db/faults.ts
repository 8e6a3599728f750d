// Postgres SQLSTATE classes and codes that mean «not now» rather than «not this»:
// 08 connection, 53 insufficient resources (disk full, too many connections), 57P0x shutting down or starting.
const AWAY_SQLSTATE = /^(08|53|57P0)/;
const AWAY_ERRNO = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ECONNABORTED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|connection error|websocket|read-only transaction/i;

/**
 * True when the database cannot serve now (away, silent, restarting, out of disk), so that the same work may succeed
 * later. It may have been done all the same: an answer can be lost on its way.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (isWebSocketFailure(error)) return true;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth++) {
    if (isWebSocketFailure(cause.cause)) return true;
    const code = (cause as { code?: unknown }).code;
    if (typeof code === "string" && (AWAY_SQLSTATE.test(code) || AWAY_ERRNO.has(code) || code === "25006"))
      return true;
    if (AWAY_MESSAGE.test(cause.message)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseAway)) return true;
  }
  return false;
}

// Neon's driver rejects with the event of a WebSocket that failed.
function isWebSocketFailure(error: unknown): boolean {
  return typeof error === "object" && error !== null && "target" in error && "type" in error;
}
