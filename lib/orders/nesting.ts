/**
 * Whether lists and objects stand inside each other more than `limit` levels deep. Walks without recursion,
 * so that it can judge a value too deep for JSON.stringify.
 */
export function isNestedDeeperThan({ value, limit }: { value: unknown; limit: number }): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === limit) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
