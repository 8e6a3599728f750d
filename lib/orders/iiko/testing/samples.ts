import { readFileSync } from "node:fs";

type Changes = { envelope?: object; info?: object; order?: object };

/** One message of iiko Cloud's about an order on its way, and parts of it changed. */
export function cloudMessage({ envelope = {}, info = {}, order = {} }: Changes = {}): string {
  const [message] = JSON.parse(sampleText("delivery-order-update.json"));
  const eventInfo = { ...message.eventInfo, order: { ...message.eventInfo.order, ...order }, ...info };
  return JSON.stringify({ ...message, eventInfo, ...envelope });
}

export function sampleText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
