import { createHmac } from "node:crypto";
import { isSameSecret } from "@/lib/crypto";
import { invalid } from "@/lib/parse-input";
import { secrets } from "@/lib/secrets";

/** Where a list goes on; a cursor of one list is not one of another. */
export type CursorKind = "attempts" | "order_events" | "webhooks";

/** An opaque cursor: the position after which the next page begins, sealed so that only our own come back. */
export function encodeCursor({ kind, position }: { kind: CursorKind; position: number }): string {
  return Buffer.from(`${position}.${seal({ kind, position })}`).toString("base64url");
}

/** The position of a cursor. Throws `invalid` for one that was not given out for this list. */
export function decodeCursor({ kind, cursor }: { kind: CursorKind; cursor: string }): number {
  const [text = "", mark = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(".");
  const position = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  const isOurs = Number.isSafeInteger(position) && isSameSecret(mark, seal({ kind, position }));
  if (isOurs && encodeCursor({ kind, position }) === cursor) return position;
  const message = "is not a cursor of this list; take the next page's address from the Link header as it is";
  throw invalid([{ path: "cursor", message }]);
}

function seal({ kind, position }: { kind: CursorKind; position: number }): string {
  return createHmac("sha256", secrets().NEXTAUTH_SECRET)
    .update(`cursor:${kind}:${position}`)
    .digest("base64url")
    .slice(0, 16);
}
