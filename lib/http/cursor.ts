import { createHmac } from "node:crypto";
import { isSameSecret } from "@/lib/crypto";
import { fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

/** The list that a cursor belongs to; no other list accepts it. */
export type CursorKind = "attempts" | "order_events" | "webhooks";

/** One page of a list; `nextCursor` opens the next one, null at the end. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

type Reading<Row> = {
  kind: CursorKind;
  /** How many rows a page has; undefined for all at once. */
  limit: number | undefined;
  cursor: string | undefined;
  /** The rows behind a position, one more than the page has. */
  read: (after: number | undefined) => Promise<Row[]>;
  positionOf: (row: Row) => number;
};

/** Reads the page that a cursor opens, or the first. Throws `invalid` for a cursor that this list did not give out. */
export async function readPage<Row>({
  kind,
  limit,
  cursor,
  read,
  positionOf,
}: Reading<Row>): Promise<Page<Row>> {
  const found = await read(cursor === undefined ? undefined : decodeCursor({ kind, cursor }));
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasNext = items.length < found.length && last !== undefined;
  return { items, nextCursor: hasNext ? encodeCursor({ kind, position: positionOf(last) }) : null };
}

/** An opaque cursor for the position after which the next page begins, signed so that nobody can make one up. */
export function encodeCursor({ kind, position }: { kind: CursorKind; position: number }): string {
  return Buffer.from(`${position}.${seal({ kind, position })}`).toString("base64url");
}

/** The position that a cursor stands for. Throws `invalid` for one that this list did not give out. */
function decodeCursor({ kind, cursor }: { kind: CursorKind; cursor: string }): number {
  const [text = "", mark = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(".");
  const position = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  const isOurs = Number.isSafeInteger(position) && isSameSecret(mark, seal({ kind, position }));
  if (isOurs && encodeCursor({ kind, position }) === cursor) return position;
  throw invalid([fieldError("cursor", refuse("not_a_cursor"))]);
}

function seal({ kind, position }: { kind: CursorKind; position: number }): string {
  return createHmac("sha256", secrets().NEXTAUTH_SECRET)
    .update(`cursor:${kind}:${position}`)
    .digest("base64url")
    .slice(0, 16);
}
