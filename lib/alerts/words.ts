/** A webhook's name as a message shows it; it may hold line breaks, which have no place in a subject. */
export function headlineName(name: string): string {
  return `«${name.replace(/\s+/g, " ")}»`;
}

export function moscowTime(time: Date | null): string {
  if (time === null) return "ещё не было";
  const format = { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Moscow" } as const;
  return `${new Intl.DateTimeFormat("ru-RU", format).format(time)} (МСК)`;
}

export function count(number: number): string {
  return number.toLocaleString("ru-RU");
}

/** A length of time in the largest unit that is still exact enough. */
export function period(minutes: number): string {
  if (minutes < 120) return `${minutes} мин`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} ч` : `${Math.round(hours / 24)} сут`;
}

const ORDERS: Record<Intl.LDMLPluralRule, string> = {
  one: "заказ",
  few: "заказа",
  many: "заказов",
  two: "заказа",
  zero: "заказов",
  other: "заказа",
};

/** «Ждут 12 заказов». */
export function ordersWait(number: number): string {
  const form = new Intl.PluralRules("ru").select(number);
  return `${form === "one" ? "Ждёт" : "Ждут"} ${count(number)} ${ORDERS[form]}`;
}
