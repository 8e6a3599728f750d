import { createHash } from "node:crypto";
import fc from "fast-check";
import { cloudMessage, sampleText } from "./samples";

const SAMPLE = JSON.parse(cloudMessage()) as Record<string, unknown>;
const SOI = JSON.parse(sampleText("soi-update.json")) as Record<string, unknown>;

/** Every place in a JSON value, as the keys that lead there. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

function changed({ value, path, to }: { value: unknown; path: string[]; to: unknown }): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    name === key ? changed({ value: child, path: rest, to }) : child,
  ]);
  if (Array.isArray(value)) return entries.map(([, child]) => child);
  return Object.fromEntries(entries);
}

/** Longer than an entry of an index may be, and not to be compressed. */
const LONG = Array.from({ length: 100 }, (_, at) =>
  createHash("sha256").update(String(at)).digest("hex"),
).join("ж");

const anything = fc.oneof(
  fc.constantFrom(LONG, null, undefined, "", 0, -1, 1e300, true, [], {}, "Frozen", "\ud83d", "\u0000", [
    [null],
  ]),
  fc.jsonValue(),
);

/** iiko Cloud's message or SOI's, up to six parts of it taken away or changed to anything, with unknown fields. */
export const anyIikoMessage = fc
  .tuple(
    fc.constantFrom(SAMPLE, SOI),
    fc.array(fc.tuple(fc.nat(), anything), { maxLength: 6 }),
    fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }),
  )
  .map(([sample, changes, unknownFields]) => {
    const places = placesIn(sample).slice(1);
    const value = changes.reduce<unknown>(
      (message, [index, to]) => changed({ value: message, path: places[index % places.length] ?? [], to }),
      { ...unknownFields, ...sample },
    );
    return JSON.stringify(value);
  });

/** The samples with one part after another a very long text, each of an order of its own. */
export function longTexts(): string[] {
  const texts = [SAMPLE, SOI].flatMap((sample) =>
    placesIn(sample)
      .slice(1)
      .map((path) => JSON.stringify(changed({ value: sample, path, to: LONG }))),
  );
  return texts.map((text, at) => text.replaceAll("4b9a7c52", String(at).padStart(8, "0")));
}
