import { readFileSync } from "node:fs";

type Changes = { envelope?: object; info?: object; order?: object };

/** iiko Cloud's body of an order on its way, and parts of it changed. */
export function cloudBody({ envelope = {}, info = {}, order = {} }: Changes = {}): string {
  const [message] = JSON.parse(sampleText("delivery-order-update.json"));
  const eventInfo = { ...message.eventInfo, order: { ...message.eventInfo.order, ...order }, ...info };
  return JSON.stringify([{ ...message, eventInfo, ...envelope }]);
}

/** One message of `cloudBody`, without the array around it. */
export function cloudMessage(changes: Changes = {}): string {
  return cloudBody(changes).slice(1, -1);
}

export function sampleText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
