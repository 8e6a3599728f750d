import type { WaitingCount } from "@/db/queries/backlogs";

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

type Forms = [one: string, few: string, many: string];
const ORDERS: Forms = ["заказ", "заказа", "заказов"];
const DELIVERIES: Forms = ["доставка", "доставки", "доставок"];

/** «Ждут 12 заказов», or the deliveries where there are too many to tell orders apart. */
export function whatWaits({ orders, deliveries }: WaitingCount): string {
  const number = orders ?? deliveries;
  const form = new Intl.PluralRules("ru").select(number);
  const [one, few, many] = orders === null ? DELIVERIES : ORDERS;
  if (form === "one") return `Ждёт ${count(number)} ${one}`;
  return `Ждут ${count(number)} ${form === "few" ? few : many}`;
}
