type Parts<Item> = {
  items: Iterable<Item>;
  maxItems: number;
  maxSize: number;
  sizeOf: (item: Item) => number;
};

/**
 * The items in parts to be used one after another, so that few of many large ones are in memory at once. One that is
 * larger than a part may be has a part of its own.
 */
export function* inParts<Item>({ items, maxItems, maxSize, sizeOf }: Parts<Item>): Generator<Item[]> {
  let part: Item[] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = sizeOf(item);
    if (part.length === maxItems || (part.length > 0 && size + itemSize > maxSize)) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(item);
    size += itemSize;
  }
  yield part;
}
