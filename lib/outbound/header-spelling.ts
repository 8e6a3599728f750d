import type { Socket } from "node:net";

/**
 * Has undici's own three headers go out as they are usually spelt, like those that it is given: receivers exist that
 * look them up by their spelling. undici writes a request's head as one text, and its body as bytes.
 */
export function spellOwnHeaders(socket: Socket): void {
  const write = socket.write;
  socket.write = (chunk: unknown, ...rest: unknown[]): boolean =>
    Reflect.apply(write, socket, [typeof chunk === "string" ? spelt(chunk) : chunk, ...rest]);
}

function spelt(head: string): string {
  return head
    .replace(/^([^\r\n]*\r\n)host: ([^\r\n]*\r\n)connection: /, "$1Host: $2Connection: ")
    .replace(/\r\ncontent-length: (\d+)\r\n\r\n$/, "\r\nContent-Length: $1\r\n\r\n");
}
