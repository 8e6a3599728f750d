import { isObject, parsedJson } from "@/lib/json-object";
import type { HeaderDraft } from "@/lib/webhooks/field-kinds";

/** A JSON array of texts, as the guide writes filters; an empty text is an empty array, anything else null. */
export function readTexts(text: string): string[] | null {
  if (text.trim() === "") return [];
  const value = parsedJson(text);
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return null;
  return [...new Set(value)];
}

export function writeTexts(texts: string[]): string {
  return texts.length === 0 ? "" : `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
}

/** A JSON object of texts, as the guide writes custom headers; an empty text is none, anything else null. */
export function readHeaders(text: string): HeaderDraft[] | null {
  if (text.trim() === "") return [];
  const value = parsedJson(text);
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  if (!entries.every(([, header]) => typeof header === "string")) return null;
  return entries.map(([name, header]) => ({ name, value: String(header) }));
}

export function writeHeaders(headers: HeaderDraft[]): string {
  const filled = headers.filter(({ name, value }) => name !== "" || value !== "");
  if (filled.length === 0) return "";
  return JSON.stringify(Object.fromEntries(filled.map(({ name, value }) => [name, value])), null, 2);
}
