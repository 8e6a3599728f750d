import type { Step } from "./orders";
import type { Arrival } from "./receive";
import { column, paint, say } from "./style";
import type { Recipient } from "./webhooks";

/** One line for what goes in, e.g. `→ order.created №515 DELIVERY Unconfirmed  POST /e/…`. */
export function printSending({ step, eventKey }: { step: Step; eventKey: string }): void {
  const key = `${eventKey.slice(0, 4)}…`;
  const paths = { intake: `/e/${key}`, rest: "/api/v1/events", iiko: `/iiko/${key} (iiko Cloud)` };
  const path = paths[step.via];
  for (const [index, { event, note }] of step.sendings.entries()) {
    const order = event.data.order;
    const what = [`№${order.readable_number}`, order.order_type, order.status, note && `(${note})`];
    const where = index === 0 ? `POST ${path}` : "  in the same POST";
    say(paint("cyan", `→ ${column(event.name, 21)}${column(what.filter(Boolean).join(" "), 44)}${where}`));
  }
}

/** One line for each request as the outside world got it. */
export function printArrival(arrival: Arrival): void {
  const { recipient, status, attempt, proof } = arrival;
  const isOk = status === 200;
  const mark = paint(isOk ? "green" : "yellow", isOk ? "✓" : "✗");
  const attemptText = attempt > 1 || !isOk ? `attempt ${attempt}` : "";
  const line = [
    column(arrival.at.toISOString().slice(11, 23), 14),
    column(recipient, 11),
    column(`${status}`, 5),
    column(SUMMARY[recipient](arrival.body), 54),
    column(proof, 11),
    attemptText,
  ];
  say(`  ${mark} ${line.join("").trimEnd()}`);
}

type Body = Record<string, unknown>;

const SUMMARY: Record<Recipient, (body: Body) => string> = {
  senler: (body) => {
    const details = body.iikoOrderDetails as Body;
    return `${body.type} №${body.readableNumber ?? "?"} ${details.orderStatus} ${roubles(details.orderAmount)}`;
  },
  crm: (body) => {
    const order = body.order as Body;
    return `${body.event} ${String(order.external_id ?? order.id).replace(/^\d{8}-/, "№")} ${order.status}`;
  },
  analytics: (body) => {
    const info = body.eventInfo as Body;
    return `${body.eventType} №${info.number ?? "?"} ${info.status} ${roubles(info.sum)}`;
  },
};

function roubles(sum: unknown): string {
  return typeof sum === "number" ? `${sum.toFixed(2)} ₽` : "";
}
