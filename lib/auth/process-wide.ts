/**
 * One value per process and name. Next gives server actions and route handlers module instances of their
 * own that share only `globalThis`; a cache that one must be able to empty for the other lives there.
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const holder = globalThis as { __iikoWebhooksAuth?: Map<string, unknown> };
  holder.__iikoWebhooksAuth ??= new Map();
  if (!holder.__iikoWebhooksAuth.has(name)) holder.__iikoWebhooksAuth.set(name, make());
  return holder.__iikoWebhooksAuth.get(name) as Value;
}
