const KEY = Symbol.for("iiko-webhooks");

/**
 * One value per process and name. Next gives instrumentation, server actions and route handlers module instances of
 * their own that share only `globalThis`: what they must see alike lives there.
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const holder = globalThis as { [KEY]?: Map<string, unknown> };
  holder[KEY] ??= new Map();
  if (!holder[KEY].has(name)) holder[KEY].set(name, make());
  return holder[KEY].get(name) as Value;
}
