import type { Api } from "@/e2e/support/api";
import { title } from "./expectations";
import type { Sending } from "./orders";
import { column, heading, paint, say } from "./style";
import { RECIPIENTS, type Recipient } from "./webhooks";

const TITLE_WIDTH = 43;
const CELL_WIDTH = 22;

type Decision = {
  webhook_id: number;
  reason?: string;
  deliveries: { state: string; attempts: number }[];
};
type EventView = { state: string; reason: string | null; decisions: Decision[] };
type WebhookIds = Record<Recipient, number>;

/** Prints who got what, after how many attempts, and why not, as `GET /api/v1/order-events/{id}` tells it. */
export async function printOutcomes({ api, sent, ids }: { api: Api; sent: Sending[]; ids: WebhookIds }) {
  const reasons: string[] = [];
  const rejected: string[] = [];
  heading("What became of each order event (from GET /api/v1/order-events/{id})");
  say(`${column("", TITLE_WIDTH)}${RECIPIENTS.map((name) => column(name, CELL_WIDTH)).join("")}`);
  for (const { event } of sent) {
    const view = (await api.get(`/order-events/${event.id}`)).body as EventView;
    if (view.state === "rejected") rejected.push(`${title(event)}: ${view.reason}`);
    const cells = RECIPIENTS.map((name) => cell({ view, webhookId: ids[name], reasons }));
    say(`${column(title(event), TITLE_WIDTH)}${cells.join("").trimEnd()}`);
  }
  for (const [index, reason] of reasons.entries()) say(paint("dim", `  (${letter(index)}) ${reason}`));
  if (rejected.length > 0) heading("Rejected, kept and shown with the reason");
  for (const line of rejected) say(`  ${line}`);
}

function cell({
  view,
  webhookId,
  reasons,
}: {
  view: EventView;
  webhookId: number;
  reasons: string[];
}): string {
  if (view.state === "rejected") return column("rejected", CELL_WIDTH);
  const decision = view.decisions.find((one) => one.webhook_id === webhookId);
  if (!decision) return column("?", CELL_WIDTH);
  const [delivery] = decision.deliveries;
  if (!delivery) {
    const reason = decision.reason ?? "";
    if (!reasons.includes(reason)) reasons.push(reason);
    return paint("dim", column(`filtered out (${letter(reasons.indexOf(reason))})`, CELL_WIDTH));
  }
  const { state, attempts } = delivery;
  if (state !== "succeeded") return paint("red", column(state, CELL_WIDTH));
  if (attempts === 1) return paint("green", column("delivered", CELL_WIDTH));
  return paint("yellow", column(`retried, attempt ${attempts}`, CELL_WIDTH));
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}
