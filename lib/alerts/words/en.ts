import FAULTS from "@/lib/i18n/messages/en/faults.json";
import type { ru } from "./ru";

const format = { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Moscow" } as const;
const time = (at: Date | null) =>
  at === null ? "never" : `${new Intl.DateTimeFormat("en-GB", format).format(at)} (Moscow time)`;
const count = (number: number) => number.toLocaleString("en-GB");
const counted = (number: number, one: string, many = `${one}s`) =>
  `${count(number)} ${number === 1 ? one : many}`;

function period(minutes: number): string {
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");
}

export const en: typeof ru = {
  faults: FAULTS,
  period,
  whatWaits: ({ orders, deliveries }) => {
    const what = orders === null ? counted(deliveries, "delivery", "deliveries") : counted(orders, "order");
    return `${what} ${(orders ?? deliveries) === 1 ? "waits" : "wait"}`;
  },
  quoted: (name) => `“${name}”`,
  webhook: (name) => `Webhook ${name}`,
  verbs: {
    ok: "works again",
    failing: "takes no orders",
    down: "is down",
    deactivated: "is switched off",
  },
  panel: "the section “Outgoing Webhooks” of the panel",
  details: (link) => `Details: ${link}`,
  manyChanged: (number) => `${number} webhooks changed their state`,
  recovered: ({ delivered, failed }, waiting) =>
    `Delivered: ${count(delivered)}, not delivered: ${count(failed)}, still waiting: ${count(waiting)}.`,
  works: "The last request got through. What was not delivered before can be resent from the log.",
  inARow: (failures) => `Failed requests in a row: ${failures}.`,
  ofLastHour: ({ sent, failed }, percent) =>
    `${percent}% of the last hour's requests got through, ${count(failed)} of ${count(sent)} did not.`,
  lastSuccess: (at) => `Last success: ${time(at)}.`,
  downSince: (at) => `Down since ${time(at)}.`,
  drain: (minutes) =>
    `When it answers, all goes out by itself, in order. What waits longer than ${period(minutes)} will not be sent.`,
  gone: "The receiver answered 410: it takes no more webhooks. What waited is cancelled.",
  reason: (title) => `Reason: ${title}.`,
  notTold: (orders) => `Orders not delivered: ${count(orders)}`,
  downTooLong: (name) => `Webhook ${name} was down for too long.`,
  order: (number) => `No. ${number}`,
  andMore: (number) => ` and ${count(number)} more`,
  tellYourself: (link) => `Tell the receiver of them yourself, for example by phone. Resend: ${link}`,
  test: {
    subject: "Test of the alerts",
    text: "This is a test: alerts about webhooks arrive here.",
    panel: (link) => `Panel: ${link}`,
  },
};
