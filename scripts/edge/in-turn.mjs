const MAX_WAITING = 32;

/**
 * Lets each connection have one request at a time: Node begins with all that a connection sends without waiting for
 * answers, so that one could have a hundred thousand under way. Who sends more than 32 ahead is cut off.
 */
export function createInTurn() {
  const waitingOn = new WeakMap();

  return function inTurn({ request: { socket }, response, go }) {
    const waiting = waitingOn.get(socket);
    if (waiting === undefined) {
      waitingOn.set(socket, []);
      return start({ socket, response, go });
    }
    if (waiting.length < MAX_WAITING) waiting.push({ socket, response, go });
    else socket.destroy();
  };

  function start({ socket, response, go }) {
    response.once("close", () => {
      const next = waitingOn.get(socket).shift();
      if (next === undefined || socket.destroyed) waitingOn.delete(socket);
      else start(next);
    });
    // What was too large is answered already.
    if (!response.headersSent) go();
  }
}
