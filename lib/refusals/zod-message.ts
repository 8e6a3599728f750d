import { type Refusal, refuse } from "./refuse";

const START = '{"code":';

/** A refusal as the message of a zod issue, which can only be text; `refusalOfIssue` reads it back. */
export function zodMessage(refusal: Refusal): string {
  return JSON.stringify(refusal);
}

/** The refusal that a schema put into an issue; what zod says by itself is passed on as it is. */
export function refusalOfIssue({ message }: { message: string }): Refusal {
  return message.startsWith(START) ? (JSON.parse(message) as Refusal) : refuse("other", { text: message });
}
