import { createSocket } from "node:dgram";
import { once } from "node:events";

export type DnsServer = {
  /** `127.0.0.1:PORT`, as `dns.setServers` takes it. */
  address: string;
  /** The names that were asked for, oldest first; once for each family. */
  questions: string[];
  close: () => void;
};

/**
 * A real DNS server on loopback. `answers` gives a name's IPv4 addresses; null for a question that is never
 * answered, nothing for a name that does not exist. An IPv6 question finds none; with `isSilentOnIpv6` it is not answered.
 */
export async function startDnsServer({
  answers,
  isSilentOnIpv6 = false,
}: {
  answers: (name: string) => string[] | null;
  isSilentOnIpv6?: boolean;
}): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const questions: string[] = [];
  socket.on("message", (query, { address, port }) => {
    const { name, isIpv6, end } = readQuestion(query);
    questions.push(name);
    const addresses = answers(name);
    if (addresses === null || (isIpv6 && isSilentOnIpv6)) return;
    const records = isIpv6 ? [] : addresses.map(addressRecord);
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(addresses.length === 0 ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, questions, close: () => socket.close() };
}

function readQuestion(query: Buffer): { name: string; isIpv6: boolean; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), isIpv6: query.readUInt16BE(at + 1) === 28, end: at + 5 };
}

/** RFC 1035, 4.1.3: the question's name again, A, IN, a TTL of a minute, four bytes. */
function addressRecord(address: string): Buffer {
  return Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]);
}
