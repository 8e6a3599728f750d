import type { WebhookValues } from "@/db/queries/webhooks";
import { encrypt } from "@/lib/crypto";
import type { WebhookPatch } from "@/lib/webhooks/schema";

/** The columns of the fields given, secrets encrypted; a field that is not given is left out. */
export function toColumns<Input extends WebhookPatch>({
  auth_token,
  auth_password,
  custom_headers,
  signing_secret,
  ...plain
}: Input) {
  return {
    ...plain,
    ...(auth_token === undefined ? {} : { auth_token_enc: sealed(auth_token) }),
    ...(auth_password === undefined ? {} : { auth_password_enc: sealed(auth_password) }),
    ...(custom_headers === undefined ? {} : { custom_headers_enc: sealedHeaders(custom_headers) }),
    // Only a rotation lets the old secret sign along; one that was typed over may be one that leaked.
    ...(signing_secret === undefined
      ? {}
      : {
          signing_secret_enc: sealed(signing_secret),
          previous_signing_secret_enc: null,
          previous_signing_secret_until: null,
        }),
  } satisfies Partial<WebhookValues>;
}

function sealed(secret: string | null): string | null {
  return secret === null ? null : encrypt(secret);
}

function sealedHeaders(headers: Record<string, string> | null): string | null {
  const isEmpty = headers === null || Object.keys(headers).length === 0;
  return isEmpty ? null : encrypt(JSON.stringify(headers));
}
