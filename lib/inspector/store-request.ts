import { db } from "@/db/client";
import { countSeen, insertInspectorRequest, numberRequest } from "@/db/queries/inspector";
import { encrypt } from "@/lib/crypto";
import { Behaviour, decideReaction, type Reaction } from "@/lib/inspector/behaviour";
import { senderOf } from "@/lib/inspector/sender-of";
import { storableText } from "@/lib/text";

export type HeaderPair = [name: string, value: string];

export type InspectedRequest = {
  token: string;
  method: string;
  /** Its path and query. */
  target: string;
  headers: HeaderPair[];
  /** Whether the names are spelt as they came. */
  isSpeltAsSent: boolean;
  body: Buffer;
};

const KEPT_REQUESTS = 200;
export const KEPT_BODY_BYTES = 64 * 1024;
const KEPT_HEADER_CHARS = 32 * 1024;
const MAX_ATTEMPT = 1_000_000;

/**
 * Keeps a request to the inspector, the last 200 of them and of each body 64 KiB, and says how to answer it; null where
 * the address is not the inspector's.
 */
export async function storeInspectedRequest(request: InspectedRequest): Promise<Reaction | null> {
  const { token, method, target, headers, isSpeltAsSent, body } = request;
  const text = body.toString("utf8");
  const messageId = headerOf({ headers, name: "webhook-id" });
  const sender = await senderOf({
    token,
    messageId,
    timestamp: headerOf({ headers, name: "webhook-timestamp" }),
    signature: headerOf({ headers, name: "webhook-signature" }),
    body: text,
  });
  return db().transaction(async (tx) => {
    const counted = await numberRequest(tx, token);
    if (!counted) return null;
    const { number, behaviour } = counted;
    const seenBefore = await countSeen(tx, messageId);
    const reaction = decideReaction({ behaviour: Behaviour.parse(behaviour), number, seenBefore });
    const kept = {
      number,
      method,
      target: storableText(target.slice(0, 2048)),
      headers_enc: encrypt(JSON.stringify(keptHeaders(headers))),
      is_spelt_as_sent: isSpeltAsSent,
      body: storableText(body.subarray(0, KEPT_BODY_BYTES).toString("utf8")),
      body_bytes: body.byteLength,
      message_id: messageId,
      event: headerOf({ headers, name: "webhook-event" }),
      attempt: attemptOf(headers),
      seen_before: seenBefore,
      webhook_id: sender.webhookId,
      signature: sender.signature,
      answer_status: reaction.status,
      delay_seconds: reaction.delaySeconds,
    };
    await insertInspectorRequest(tx, { request: kept, kept: KEPT_REQUESTS });
    return reaction;
  });
}

type Wanted = { headers: HeaderPair[]; name: string };

function headerOf({ headers, name }: Wanted): string | null {
  const found = headers.find(([given]) => given.toLowerCase() === name);
  return found ? storableText(found[1].slice(0, 500)) : null;
}

function attemptOf(headers: HeaderPair[]): number | null {
  const attempt = Number(headerOf({ headers, name: "webhook-attempt" }) ?? Number.NaN);
  return Number.isInteger(attempt) && attempt > 0 && attempt < MAX_ATTEMPT ? attempt : null;
}

function keptHeaders(headers: HeaderPair[]): HeaderPair[] {
  let left = KEPT_HEADER_CHARS;
  return headers.filter(([name, value]) => {
    left -= name.length + value.length;
    return left >= 0;
  });
}
