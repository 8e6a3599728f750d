import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type Receiver = {
  url: string;
  count: () => Promise<number>;
  /** From now on it notes when each order arrives. */
  noteTimes: () => void;
  /** When each order arrived since then, in ms since 1970, by external_order_id. */
  takeTimes: () => Promise<Map<string, number>>;
  stop: () => void;
};

/** Starts the receiver in a process of its own; it ends with this one. */
export async function startReceiver(): Promise<Receiver> {
  const child = fork(fileURLToPath(new URL("receiver.mjs", import.meta.url)), { execArgv: [] });
  let asked: Promise<unknown> = Promise.resolve();
  // One question at a time: an answer does not say which one it belongs to.
  const ask = (question: string): Promise<unknown> => {
    const answer = asked.then(async () => {
      child.send(question);
      return (await once(child, "message"))[0];
    });
    asked = answer;
    return answer;
  };
  const [port] = await once(child, "message");
  return {
    url: `http://127.0.0.1:${port}`,
    count: async () => Number(await ask("count")),
    noteTimes: () => void child.send("times"),
    takeTimes: async () => new Map((await ask("arrivals")) as [string, number][]),
    stop: () => void child.kill(),
  };
}
