const MAX_CONNECTIONS = 5_000;

/**
 * Bounds the connections of a server. One too many costs a place to the network that holds the most, its oldest
 * without a request first: whoever comes next is let in, so that nobody can shut the others out by holding them all.
 */
export function boundConnections(server, max = MAX_CONNECTIONS) {
  // In the order in which they came.
  const byNetwork = new Map();
  const busy = new Set();
  let count = 0;

  server.on("connection", (socket) => {
    const network = networkOf(socket.remoteAddress ?? "");
    const own = byNetwork.get(network) ?? new Set();
    byNetwork.set(network, own.add(socket));
    count += 1;
    socket.once("close", () => {
      count -= 1;
      own.delete(socket);
      busy.delete(socket);
      if (own.size === 0) byNetwork.delete(network);
    });
    if (count > max) makeRoom(socket);
  });
  server.on("request", ({ socket }, response) => {
    busy.add(socket);
    response.once("close", () => busy.delete(socket));
  });

  function makeRoom(newest) {
    let most = new Set();
    for (const own of byNetwork.values()) if (own.size > most.size) most = own;
    let oldest = newest;
    for (const socket of most) {
      if (socket === newest || socket.destroyed) continue;
      if (!busy.has(socket)) return socket.destroy();
      if (oldest === newest) oldest = socket;
    }
    oldest.destroy();
  }
}

/**
 * Of an IPv6 address its /64: who has one address there has all of them. By hand, since an image holds only the packages
 * that Next traced.
 */
function networkOf(address) {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::").map((part) => part.split(":"));
  if (tail === undefined) return head.slice(0, 4).join(":");
  const zeros = Array(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}
