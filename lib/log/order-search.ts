import type { OrderSearch } from "@/db/queries/order-search";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { searchedName } from "@/lib/orders/searched-name";

const MIN_PHONE_DIGITS = 4;
// Shorter, and half of all orders would be found.
const MIN_PART_LENGTH = 3;

// +7 999 …, 8 999 … and 999 … are one Russian number.
const SIGNIFICANT_DIGITS = 10;

/** As `parseOrderSearch`, for one who may see names, or may not. */
export function orderSearchFor({ actor, typed }: { actor: Actor; typed: string }): OrderSearch | null {
  const wanted = parseOrderSearch(typed.replaceAll("\0", ""));
  // People are for operators up.
  return wanted && { ...wanted, name: hasRole(actor, "operator") ? wanted.name : null };
}

/**
 * What a person typed to find an order: its number, its external id or its id as it stands; with three characters or
 * more also how its number, its external id or the customer's name begins, or how the external id ends; with four
 * digits or more also a phone, however it is written, or how it ends. Null when nothing was typed.
 */
export function parseOrderSearch(typed: string): OrderSearch | null {
  const text = typed.trim().replace(/^[#№]\s*/, "");
  if (text === "") return null;
  const digits = text.replace(/[^0-9]/g, "");
  const isPhone = /^[+\d\s().-]+$/.test(text) && digits.length >= MIN_PHONE_DIGITS;
  const name = searchedName(text);
  return {
    text,
    orderId: /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null,
    phoneDigits: isPhone ? digits.slice(-SIGNIFICANT_DIGITS) : null,
    part: text.length >= MIN_PART_LENGTH ? text : null,
    name: name !== null && name.length >= MIN_PART_LENGTH && /\p{L}/u.test(name) ? name : null,
  };
}
