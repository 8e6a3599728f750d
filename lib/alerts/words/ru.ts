import type { Recovery } from "@/db/queries/alerts";
import type { WaitingCount } from "@/db/queries/backlogs";
import type { LastHour } from "@/lib/alerts/alert-state";
import FAULTS from "@/lib/i18n/messages/ru/faults.json";

const format = { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Moscow" } as const;
const time = (at: Date | null) =>
  at === null ? "ещё не было" : `${new Intl.DateTimeFormat("ru-RU", format).format(at)} (МСК)`;
const count = (number: number) => number.toLocaleString("ru-RU");

type Forms = [one: string, few: string, many: string];
const ORDERS: Forms = ["заказ", "заказа", "заказов"];
const DELIVERIES: Forms = ["доставка", "доставки", "доставок"];

/** «Ждут 12 заказов», or the deliveries where there are too many to tell orders apart. */
function whatWaits({ orders, deliveries }: WaitingCount): string {
  const number = orders ?? deliveries;
  const form = new Intl.PluralRules("ru").select(number);
  const [one, few, many] = orders === null ? DELIVERIES : ORDERS;
  if (form === "one") return `Ждёт ${count(number)} ${one}`;
  return `Ждут ${count(number)} ${form === "few" ? few : many}`;
}

/** A length of time in the largest unit that is still exact enough. */
function period(minutes: number): string {
  if (minutes < 120) return `${minutes} мин`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} ч` : `${Math.round(hours / 24)} сут`;
}

export const ru = {
  faults: FAULTS,
  period,
  whatWaits,
  quoted: (name: string) => `«${name}»`,
  webhook: (name: string) => `Вебхук ${name}`,
  verbs: {
    ok: "снова работает",
    failing: "не принимает заказы",
    down: "недоступен",
    deactivated: "выключен",
  },
  panel: "раздел «Исходящие вебхуки» в панели",
  details: (link: string) => `Подробности: ${link}`,
  manyChanged: (number: number) => `Изменилось состояние вебхуков: ${number}`,
  recovered: ({ delivered, failed }: Recovery, waiting: number) =>
    `Доставлено: ${count(delivered)}, не доставлено: ${count(failed)}, ещё ждут: ${count(waiting)}.`,
  works: "Последний запрос прошёл. То, что не дошло раньше, можно отправить повторно из журнала.",
  inARow: (failures: number) => `Неудачных запросов подряд: ${failures}.`,
  ofLastHour: ({ sent, failed }: LastHour, percent: number) =>
    `За последний час прошло ${percent} % запросов, не прошло ${count(failed)} из ${count(sent)}.`,
  lastSuccess: (at: Date | null) => `Последний успешный: ${time(at)}.`,
  downSince: (at: Date | null) => `Недоступен с ${time(at)}.`,
  drain: (minutes: number) =>
    `Когда он ответит, всё уйдёт само, по порядку. Что прождёт дольше ${period(minutes)}, отправлено не будет.`,
  gone: "Получатель ответил 410: он больше не принимает вебхуки. То, что ожидало отправки, отменено.",
  reason: (title: string) => `Причина: ${title}.`,
  notTold: (orders: number) => `Не переданы заказы: ${count(orders)}`,
  downTooLong: (name: string) => `Вебхук ${name} был недоступен слишком долго.`,
  order: (number: string) => `№ ${number}`,
  andMore: (number: number) => ` и ещё ${count(number)}`,
  tellYourself: (link: string) =>
    `Сообщите о них получателю сами, например по телефону. Отправить повторно: ${link}`,
  test: {
    subject: "Проверка оповещений",
    text: "Это проверка: оповещения о вебхуках доходят сюда.",
    panel: (link: string) => `Панель: ${link}`,
  },
};
