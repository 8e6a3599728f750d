/**
 * Whether lists and objects stand inside each other more than `limit` levels deep. Goes no deeper than that, so
 * that it can judge a value too deep for JSON.stringify, and copies nothing of a wide one.
 */
export function isNestedDeeperThan({ value, limit }: { value: unknown; limit: number }): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  if (Array.isArray(value))
    return value.some((entry) => isNestedDeeperThan({ value: entry, limit: limit - 1 }));
  return Object.values(value).some((entry) => isNestedDeeperThan({ value: entry, limit: limit - 1 }));
}
