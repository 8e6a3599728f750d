import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { RecordedRequest } from "@/lib/outbound/testing/receiver";

/** What a receiver does once it has read a request to its end. */
export type Behaviour = (response: ServerResponse, request: RecordedRequest) => void;

/** An ordinary answer, after `delayMs`. An object as body is sent as JSON. */
export function answer(
  status: number,
  {
    body = "",
    headers = {},
    delayMs = 0,
  }: { body?: string | Buffer | object; headers?: Record<string, string | string[]>; delayMs?: number } = {},
): Behaviour {
  const isText = typeof body === "string" || Buffer.isBuffer(body);
  const send = (response: ServerResponse) =>
    response.writeHead(status, headers).end(isText ? body : JSON.stringify(body));
  return (response) => {
    if (delayMs === 0) send(response);
    else setTimeout(send, delayMs, response);
  };
}

/** Never answers; the connection stays open. */
export function hang(): Behaviour {
  return () => {};
}

/** Answers 200 and then sends one byte of body every `everyMs`, for ever. */
export function drip({ everyMs = 20 }: { everyMs?: number } = {}): Behaviour {
  return (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("."), everyMs);
    response.once("close", () => clearInterval(timer));
  };
}

/** Answers with a body of `bytes` bytes, as fast as it is taken; `onClose` hears how many were handed to the socket. */
export function flood(bytes: number, { onClose }: { onClose?: (sentBytes: number) => void } = {}): Behaviour {
  const block = Buffer.alloc(64 * 1024, "x");
  return (response) => {
    let sentBytes = 0;
    const blocks = function* () {
      for (; sentBytes < bytes; sentBytes += block.length) yield block;
    };
    response.writeHead(200, { "content-type": "text/plain", "content-length": String(bytes) });
    response.once("close", () => onClose?.(sentBytes));
    Readable.from(blocks()).pipe(response);
  };
}

/** A small gzip body that would unpack to `bytes` bytes. */
export function gzipBomb(bytes: number): Behaviour {
  const body = gzipSync(Buffer.alloc(bytes));
  return answer(200, { body, headers: { "content-encoding": "gzip", "content-type": "application/json" } });
}

/** Points somewhere else. */
export function redirect(location: string, status = 302): Behaviour {
  return answer(status, { headers: { location } });
}

/** Answers 200 with this many headers `x-filler-1 …`. */
export function manyHeaders(count: number): Behaviour {
  const headers = Array.from({ length: count }, (_, index) => [`x-filler-${index + 1}`, "filler ".repeat(3)]);
  return answer(200, { headers: Object.fromEntries(headers) });
}

/** Resets the connection (RST) without an answer. */
export function reset(): Behaviour {
  return (response) => {
    response.socket?.resetAndDestroy();
  };
}

/** Answers 200, promises 1000 bytes of body, sends the beginning and resets the connection. */
export function resetMidBody({ beginning = "so far" }: { beginning?: string } = {}): Behaviour {
  return (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write(beginning, () => setImmediate(() => response.socket?.destroy()));
  };
}

/** Writes these very bytes to the connection instead of an HTTP response; ends it unless `keepOpen`. */
export function rawBytes(bytes: string, { keepOpen = false }: { keepOpen?: boolean } = {}): Behaviour {
  return (response) => {
    response.socket?.write(bytes, "latin1");
    if (!keepOpen) response.socket?.end();
  };
}
