import { objectIn } from "@/lib/json-object";

/** What iiko itself sent of an order, byte for byte. */
export type SentByIiko = { source: "iiko_cloud" | "iiko_soi"; text: string };

/** The `iiko_message` of an order event's data; null where it came from elsewhere. */
export function sentByIiko(message: unknown): SentByIiko | null {
  const { source, text } = objectIn(message);
  if (typeof text !== "string" || (source !== "iiko_cloud" && source !== "iiko_soi")) return null;
  return { source, text };
}
