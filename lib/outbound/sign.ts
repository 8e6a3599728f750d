import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

const PREFIX = "whsec_";
const GENERATED_BYTES = 32;
const MIN_BYTES = 24;
const MAX_BYTES = 64;

/**
 * The Standard Webhooks headers of one request; the signature is there when secrets are. With several secrets
 * (a rotation) the receiver may check against any of them. Throws when a secret is not base64.
 */
export function signatureHeaders({
  deliveryId,
  timestampSeconds,
  body,
  secrets,
}: {
  deliveryId: string;
  timestampSeconds: number;
  body: string;
  secrets: string[];
}): Record<string, string> {
  const headers: Record<string, string> = {
    "webhook-id": deliveryId,
    "webhook-timestamp": String(timestampSeconds),
  };
  if (secrets.length === 0) return headers;
  const signedAt = new Date(timestampSeconds * 1000);
  const signatures = secrets.map((secret) => new Webhook(secret).sign(deliveryId, signedAt, body));
  headers["webhook-signature"] = signatures.join(" ");
  return headers;
}

/** Whether one of the secrets made one of the signatures in a `webhook-signature` header. */
export function isSignedBy(signed: {
  signature: string;
  deliveryId: string;
  timestampSeconds: number;
  body: string;
  secrets: string[];
}): boolean {
  const { "webhook-signature": expected = "" } = signatureHeaders(signed);
  const given = signed.signature.split(" ");
  return expected.split(" ").some((one) => one !== "" && given.includes(one));
}

export function generateSigningSecret(): string {
  return PREFIX + randomBytes(GENERATED_BYTES).toString("base64");
}

/** Whether the text is `whsec_` and 24 to 64 bytes in base64, which is what Standard Webhooks asks of a secret. */
export function isSigningSecret(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const encoded = text.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, "base64");
  // Buffer skips what is not base64, so only the way back proves that nothing was skipped.
  return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES && bytes.toString("base64") === encoded;
}
