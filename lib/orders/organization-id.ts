import { firstPlace } from "@/lib/characters";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

const UUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;

/** An organization's id for comparing: UUIDs in one spelling whatever their case or braces, others as they are. */
export function normaliseOrganizationId(id: string): string {
  const parts = UUID.exec(id.trim().toLowerCase());
  return parts ? parts.slice(1).join("-") : id;
}

/** Whether it is what iiko gives (guide, «По Organization ID»). */
export function isUuid(id: string): boolean {
  return UUID.test(id.trim().toLowerCase());
}

/** What is wrong with an id that was meant for a UUID; null for a UUID, and for what is none at all. */
export function brokenUuid(id: string): Refusal | null {
  const text = id.trim().replace(/^\{|\}$/g, "");
  if (isUuid(id) || !looksLikeUuid(text)) return null;
  const place = firstPlace(text, /[^0-9a-f-]/i);
  if (place) return refuse("uuid_character", { id, place });
  const count = text.replaceAll("-", "").length;
  return count === 32 ? refuse("uuid_dashes", { id }) : refuse("uuid_length", { id, count });
}

// Two of its five groups, or all of it without dashes, with a slip or two.
function looksLikeUuid(text: string): boolean {
  const digits = text.replaceAll("-", "").length;
  const fitting = text.replace(/[^0-9a-f]/gi, "").length;
  const dashes = text.split("-").length - 1;
  return fitting >= digits * 0.8 && (dashes >= 2 ? fitting >= 16 : fitting >= 24);
}
