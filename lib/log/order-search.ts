import type { OrderSearch } from "@/db/queries/order-search";

const MIN_PHONE_DIGITS = 4;

// +7 999 …, 8 999 … and 999 … are one Russian number.
const SIGNIFICANT_DIGITS = 10;

/**
 * What a person typed to find an order: its number, its external id or its id as it stands; with four digits
 * or more also a phone, however it is written, or how it ends. Null when nothing was typed.
 */
export function parseOrderSearch(typed: string): OrderSearch | null {
  const text = typed.trim().replace(/^[#№]\s*/, "");
  if (text === "") return null;
  const digits = text.replace(/[^0-9]/g, "");
  const isPhone = /^[+\d\s().-]+$/.test(text) && digits.length >= MIN_PHONE_DIGITS;
  return {
    text,
    orderId: /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null,
    phoneDigits: isPhone ? digits.slice(-SIGNIFICANT_DIGITS) : null,
  };
}
