import type { WebhookView } from "@/lib/webhooks/view";

export const STATES = ["all", "active", "inactive"] as const;
export type State = (typeof STATES)[number];

export type ListFilter = { search: string; state: State };
export type SearchParams = Record<string, string | string[] | undefined>;

/** The list's filter as its address gives it; what makes no sense is left out. */
export function readFilter({ q, state }: SearchParams): ListFilter {
  return {
    search: typeof q === "string" ? q.slice(0, 200) : "",
    state: STATES.find((known) => known === state) ?? "all",
  };
}

/** Whether a webhook is of the state and its name, description or URL holds what is searched for. */
export function isShown({ webhook, filter }: { webhook: WebhookView; filter: ListFilter }): boolean {
  if (filter.state !== "all" && webhook.is_active !== (filter.state === "active")) return false;
  const text = `${webhook.name}\n${webhook.description ?? ""}\n${webhook.webhook_url}`.toLowerCase();
  return text.includes(filter.search.trim().toLowerCase());
}

export function countByState(webhooks: WebhookView[]): Record<State, number> {
  const active = webhooks.filter((webhook) => webhook.is_active).length;
  return { all: webhooks.length, active, inactive: webhooks.length - active };
}
