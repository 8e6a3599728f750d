import { isObject, type Loose } from "@/lib/json-object";
import { MAX_KOPECKS } from "@/lib/orders/money";
import { storableText } from "@/lib/text";

export function objectsIn(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Text that Postgres can keep; a number as its digits. Null for anything else and for empty text. */
export function textIn(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? storableText(value) : null;
}

export function numberIn(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Kopecks of iiko's roubles, which are a double: 1420.5 → 142050, rounded; null for what is no sum. */
export function kopecksIn(value: unknown): number | null {
  const kopecks = Math.round((numberIn(value) ?? Number.NaN) * 100);
  // Adding zero makes of -0 a 0.
  return Math.abs(kopecks) <= MAX_KOPECKS ? kopecks + 0 : null;
}
