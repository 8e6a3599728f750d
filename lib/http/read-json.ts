import { AppError } from "@/lib/errors";
import { isJsonDeeperThan } from "@/lib/http/json-depth";
import { describeJsonMistake } from "@/lib/http/json-syntax";
import type { HttpRequest } from "@/lib/http/route";
import { refuse } from "@/lib/refusals/refuse";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_DEPTH = 64;
// Read on and thrown away, for a sender that looks for an answer only when its whole body has gone out.
const DISCARDED_BYTES = 8 * 1024 * 1024;

type Limits = {
  maxBytes?: number;
  maxDepth?: number;
  /** Takes a body of any Content-Type for JSON, as Inngest's event API does. */
  isAnyType?: boolean;
};

/**
 * The JSON of a request's body, of at most `maxBytes` (1 MiB by default). Throws
 * unsupported_media_type, too_large, or bad_request naming the line and column that is not JSON. A body
 * without a Content-Type is taken for JSON.
 */
export async function readJson(
  request: HttpRequest,
  { maxBytes = MAX_BODY_BYTES, maxDepth = MAX_DEPTH, isAnyType = false }: Limits = {},
): Promise<unknown> {
  return parseJson(await readJsonBytes(request, { maxBytes, maxDepth, isAnyType }));
}

/** The bytes of a request's body within the same limits, not parsed yet. */
export async function readJsonBytes(
  request: HttpRequest,
  { maxBytes = MAX_BODY_BYTES, maxDepth = MAX_DEPTH, isAnyType = false }: Limits = {},
): Promise<Buffer> {
  if (!isAnyType) requireJsonType(request.headers.get("content-type"));
  requireUncompressed(request.headers.get("content-encoding"));
  const bytes = await readBytes({ request, maxBytes });
  if (isJsonDeeperThan({ bytes, limit: maxDepth })) {
    throw new AppError("bad_request", refuse("body_too_deep", { max: maxDepth }));
  }
  return bytes;
}

/** The JSON in `bytes`. Throws bad_request naming the line and column that is not JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  if (text.trim() === "") throw new AppError("bad_request", refuse("body_empty"));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError("bad_request", refuse("body_not_json", { mistake: describeJsonMistake(text) }));
  }
}

function requireJsonType(contentType: string | null): void {
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase();
  if (!mediaType || /^(text\/json|application\/([\w.-]+\+)?json)$/.test(mediaType)) return;
  throw new AppError("unsupported_media_type", refuse("body_type", { type: mediaType.slice(0, 100) }));
}

function requireUncompressed(coding: string | null): void {
  if (coding === null || /^(identity)?$/i.test(coding.trim())) return;
  throw new AppError("unsupported_media_type", refuse("body_compressed", { coding: coding.slice(0, 100) }));
}

/** The bytes of a request's body, whatever they are. Throws too_large over `maxBytes`. */
export async function readBytes({
  request,
  maxBytes,
}: {
  request: Pick<HttpRequest, "headers" | "body">;
  maxBytes: number;
}): Promise<Buffer> {
  const readAtMost = maxBytes + DISCARDED_BYTES;
  if (Number(request.headers.get("content-length") ?? 0) > readAtMost) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > readAtMost) break;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw tooLarge(maxBytes);
  return Buffer.concat(chunks);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError("bad_request", refuse("body_not_utf8"));
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("too_large", refuse("body_too_large", { max: maxBytes / 1024 / 1024 }));
}
