import type { Locale } from "./locales";

/** What lib/orders expects of an event's fields, in Russian; a number stays what it was. */
const EXPECTED_RU: [RegExp, string][] = [
  [/^expected text$/, "нужен текст"],
  [/^expected an object$/, "нужен объект"],
  [/^expected text or an object$/, "нужен текст или объект"],
  [/^expected a number$/, "нужно число"],
  [/^expected an integer$/, "нужно целое число"],
  [/^expected an integer number of kopecks$/, "нужно целое число копеек"],
  [/^expected at least (-\d+) kopecks$/, "нужно не меньше $1 копеек"],
  [/^expected at most (\d+) kopecks$/, "нужно не больше $1 копеек"],
  [
    /^expected an ISO 8601 time with an offset, such as (.+)$/,
    "нужно время ISO 8601 со смещением, например $1",
  ],
  [/^expected a status$/, "нужен статус"],
  [/^expected id or external_order_id$/, "нужен id или external_order_id"],
  [/^expected a list of items$/, "нужен список позиций"],
  [/^expected a list of modifiers$/, "нужен список модификаторов"],
  [/^expected at most (\d+) levels of modifiers$/, "модификаторы вложены глубже $1 уровней"],
  [/^expected at most (\d+) levels of nesting$/, "данные вложены глубже $1 уровней"],
  [/^expected one of (.+)$/, "нужно одно из $1"],
];

const GIVEN_RU: Record<string, string> = {
  nothing: "ничего",
  text: "текст",
  "a list": "список",
  "an object": "объект",
  "a number": "число",
  "a boolean": "true или false",
};

/** Why an order event was rejected, in the reader's language; what is not known stays English. */
export function translateRejection({ reason, locale }: { reason: string; locale: Locale }): string {
  if (locale === "en") return reason;
  return reason.split("; ").map(translatePart).join("; ");
}

function translatePart(part: string): string {
  const [, rest] = /^and (\d+) more$/.exec(part) ?? [];
  if (rest) return `и ещё ${rest}`;
  const [, path, expected = "", given = ""] = /^(\S+): (expected .+), got (.+)$/s.exec(part) ?? [];
  const known = EXPECTED_RU.find(([pattern]) => pattern.test(expected));
  if (!path || !known) return part;
  return `${path}: ${expected.replace(...known)}, а пришло: ${GIVEN_RU[given] ?? given}`;
}
