import {
  type InspectorRequestRow,
  type InspectorRequestSummary,
  selectInspectorRequest,
  selectInspectorRequests,
  selectLogOfAttempt,
} from "@/db/queries/inspector";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { decrypt } from "@/lib/crypto";
import type { SignatureCheck } from "@/lib/inspector/sender-of";
import { type HeaderPair, KEPT_BODY_BYTES } from "@/lib/inspector/store-request";
import { prettyJson } from "@/lib/pretty-json";
import { isCanonicalUuid } from "@/lib/uuid";
import { currentWebhooks } from "@/lib/webhooks/current";

export type RequestLine = Omit<InspectorRequestSummary, "received_at" | "signature" | "target"> & {
  received_at: string;
  signature: SignatureCheck | null;
  /** Of the webhook that sent it; null where it is not ours or was deleted. */
  webhook_name: string | null;
};

export type InspectedRequestView = RequestLine & {
  target: string;
  /** Null where they were encrypted with a key that is no more. */
  headers: HeaderPair[] | null;
  isSpeltAsSent: boolean;
  body: string;
  /** Indented; null where it is no JSON. */
  prettyBody: string | null;
  isBodyCut: boolean;
  /** The same attempt in the log. */
  logId: number | null;
};

const SHOWN_REQUESTS = 50;
const HIDDEN = "***";

/** Whatever else a request brings may be a secret, and below manager nobody sees one. */
const PLAIN_HEADER =
  /^(accept|accept-encoding|connection|content-length|content-type|host|user-agent|webhook-[\w-]+|x-forwarded-[\w-]+|x-real-ip)$/i;

/** The last 50 requests to the inspector, newest first. Throws forbidden below operator. */
export async function listInspectedRequests({ actor }: { actor: Actor }): Promise<RequestLine[]> {
  requireRole(actor, "operator");
  const rows = await selectInspectorRequests(SHOWN_REQUESTS);
  const { byId } = await currentWebhooks();
  return rows.map(({ target: _, ...row }) => toLine(row, byId.get(row.webhook_id ?? 0)?.name));
}

/** One request whole, as far as it is kept; null where it is no longer. Throws forbidden below operator. */
export async function getInspectedRequest({
  actor,
  number,
}: {
  actor: Actor;
  number: number;
}): Promise<InspectedRequestView | null> {
  requireRole(actor, "operator");
  const row = await selectInspectorRequest(number);
  if (!row) return null;
  const { headers_enc, is_spelt_as_sent, body, target, ...summary } = row;
  const { byId } = await currentWebhooks();
  return {
    ...toLine(summary, byId.get(row.webhook_id ?? 0)?.name),
    target,
    headers: shownHeaders({ actor, sealed: headers_enc }),
    isSpeltAsSent: is_spelt_as_sent,
    body,
    prettyBody: prettyJson(body),
    isBodyCut: row.body_bytes > KEPT_BODY_BYTES,
    logId: await logOf(row),
  };
}

type Summary = Omit<InspectorRequestSummary, "target">;

function toLine(row: Summary, webhookName: string | undefined): RequestLine {
  const signature = row.signature as SignatureCheck | null;
  return {
    ...row,
    signature,
    received_at: row.received_at.toISOString(),
    webhook_name: webhookName ?? null,
  };
}

function shownHeaders({ actor, sealed }: { actor: Actor; sealed: string }): HeaderPair[] | null {
  const headers = opened(sealed);
  if (headers === null || hasRole(actor, "manager")) return headers;
  return headers.map(([name, value]) => [name, PLAIN_HEADER.test(name) ? value : HIDDEN]);
}

function opened(sealed: string): HeaderPair[] | null {
  try {
    return JSON.parse(decrypt(sealed)) as HeaderPair[];
  } catch {
    return null;
  }
}

async function logOf({ message_id, attempt }: InspectorRequestRow): Promise<number | null> {
  if (message_id === null || attempt === null || !isCanonicalUuid(message_id)) return null;
  return selectLogOfAttempt({ deliveryId: message_id, attempt });
}
