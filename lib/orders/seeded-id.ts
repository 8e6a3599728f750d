const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SEED = /^\+?(\d{1,15}),([A-Za-z0-9+/]{14}==)$/;
const MAX_ULID_MS = 2 ** 48 - 1;

/**
 * The ULID that Inngest's event API gives the event at `index` of a request whose `x-inngest-event-id-seed`
 * header is `1743130137367,eii2YKXRVTJPuA==`: milliseconds and ten bytes in base64, the last four of which count
 * on by the index. Null for a header that is none; Inngest then takes a random id (pkg/event, SeededIDFromString).
 */
export function seededId({ seed, index }: { seed: string; index: number }): string | null {
  const [, millis, base64] = SEED.exec(seed) ?? [];
  const ms = Number(millis);
  if (base64 === undefined || !(ms > 0 && ms <= MAX_ULID_MS)) return null;
  const entropy = Buffer.from(base64, "base64");
  entropy.writeUInt32BE((entropy.readUInt32BE(6) + index) % 2 ** 32, 6);
  return (
    inBase32({ value: BigInt(ms), digits: 10 }) +
    inBase32({ value: BigInt(`0x${entropy.toString("hex")}`), digits: 16 })
  );
}

/** Order events of one request, those without an id with the one that the seed gives them. */
export function* withSeededIds(input: { events: Iterable<unknown>; seed: string }): Generator<unknown> {
  let index = 0;
  for (const event of input.events) {
    const { id } = event as { id?: unknown };
    const isGiven = id !== undefined && id !== null && id !== "";
    const seeded = isGiven ? null : seededId({ seed: input.seed, index });
    yield seeded === null ? event : { ...(event as object), id: seeded };
    index += 1;
  }
}

function inBase32({ value, digits }: { value: bigint; digits: number }): string {
  let text = "";
  for (let shift = BigInt(5 * (digits - 1)); shift >= 0n; shift -= 5n) {
    text += CROCKFORD[Number((value >> shift) & 31n)];
  }
  return text;
}
