import { z } from "zod";

/** What the inspector can answer; `drop` closes the connection without an answer. */
export const ANSWERS = ["200", "400", "401", "404", "410", "422", "429", "500", "503", "drop"] as const;
/** Which requests get that: all, the first ones of each webhook-id, or every nth of all. The others get 200 at once. */
export const OCCASIONS = ["always", "first", "every"] as const;

/** A webhook's longest timeout is 300 s, and a receiver may well be slower. */
const MAX_DELAY_SECONDS = 330;

/** What the inspector does with the requests that come. */
export const Behaviour = z.strictObject({
  answer: z.enum(ANSWERS),
  when: z.enum(OCCASIONS),
  count: z.int().min(1).max(100),
  delaySeconds: z.int().min(0).max(MAX_DELAY_SECONDS),
  /** Sent with 429 and 503; 0 for none. */
  retryAfterSeconds: z.int().min(0).max(3600),
  body: z.string().max(10_000),
});
export type Behaviour = z.output<typeof Behaviour>;

export const USUAL_BEHAVIOUR: Behaviour = {
  answer: "200",
  when: "always",
  count: 2,
  delaySeconds: 0,
  retryAfterSeconds: 0,
  body: "",
};

export type Reaction = {
  /** Null: the connection is closed without an answer. */
  status: number | null;
  delaySeconds: number;
  headers: Record<string, string>;
  body: string;
};

const TAKEN: Reaction = { status: 200, delaySeconds: 0, headers: {}, body: '{"ok":true}' };
const REFUSED_BODY = '{"error":"answered so by the inspector"}';

/** How a request is answered: `number` counts all of them from 1, `seenBefore` the earlier ones of its webhook-id. */
export function decideReaction(input: {
  behaviour: Behaviour;
  number: number;
  seenBefore: number;
}): Reaction {
  const { behaviour } = input;
  if (!isDue(input)) return TAKEN;
  const { answer, delaySeconds, retryAfterSeconds } = behaviour;
  if (answer === "drop") return { status: null, delaySeconds, headers: {}, body: "" };
  const isBusy = answer === "429" || answer === "503";
  return {
    status: Number(answer),
    delaySeconds,
    headers: isBusy && retryAfterSeconds > 0 ? { "retry-after": String(retryAfterSeconds) } : {},
    body: behaviour.body || (answer === "200" ? TAKEN.body : REFUSED_BODY),
  };
}

function isDue({ behaviour, number, seenBefore }: Parameters<typeof decideReaction>[0]): boolean {
  switch (behaviour.when) {
    case "always":
      return true;
    case "first":
      return seenBefore < behaviour.count;
    case "every":
      return number % behaviour.count === 0;
  }
}
