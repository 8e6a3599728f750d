import type { Socket } from "node:net";

const CONTINUE = Buffer.from("HTTP/1.1 100");
const TWO = "2".charCodeAt(0);

/**
 * Has undici pass over a «100 Continue» that nobody asked for, as it does over any other 1xx: it would break the
 * connection off, and the order be sent again that the receiver has taken. RFC 9110, 15.2: a client must bear with it.
 */
export function passOverContinue(socket: Socket): void {
  const read = socket.read;
  socket.read = (size?: number): Buffer | null => {
    const chunk = Reflect.apply(read, socket, [size]) as Buffer | null;
    if (chunk !== null) renumber(chunk);
    return chunk;
  };
}

/** Each 100 that the bytes begin with becomes a 102. */
function renumber(chunk: Buffer): void {
  let start = 0;
  while (CONTINUE.equals(chunk.subarray(start, start + CONTINUE.length))) {
    chunk[start + CONTINUE.length - 1] = TWO;
    const end = chunk.indexOf("\r\n\r\n", start);
    if (end === -1) return;
    start = end + 4;
  }
}
