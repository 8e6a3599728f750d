import { countPending } from "@/db/queries/backlogs";
import { selectWebhookStandings, selectWebhooks } from "@/db/queries/webhooks";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { type HealthState, successRate } from "@/lib/webhooks/health";
import { type Pause, toPause } from "@/lib/webhooks/pause-view";
import { sortWebhooks, type WebhookOrder } from "@/lib/webhooks/sort-webhooks";
import { webhookStates } from "@/lib/webhooks/states";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

export type BrowsedWebhook = {
  webhook: WebhookView;
  state: HealthState;
  /** Pending deliveries, counted up to 10,000. */
  waiting: number;
  pause: Pause | null;
};

export type BrowsedWebhooks = {
  webhooks: BrowsedWebhook[];
  hasNextPage: boolean;
  /** Of all webhooks, whatever was searched for. */
  counts: { all: number; active: number; inactive: number };
};

type Input = {
  actor: Actor;
  search: string;
  isActive?: boolean | undefined;
  order?: WebhookOrder;
  /** From 1. */
  page?: number;
  limit: number;
};

/** One page of the webhooks whose name, description or URL holds `search`, with their statistics; what fails first. */
export async function browseWebhooks({
  actor,
  search,
  isActive,
  order = { by: "state", isReversed: false },
  page = 1,
  limit,
}: Input): Promise<BrowsedWebhooks> {
  requireRole(actor, "viewer");
  const [standings, pending, states] = await Promise.all([
    selectWebhookStandings(),
    countPending(),
    webhookStates({ actor }),
  ]);
  const words = search.trim().toLowerCase();
  const found = standings
    .filter(({ webhook }) => isActive === undefined || webhook.is_active === isActive)
    .filter(({ webhook }) => searchedText({ webhook, actor }).includes(words))
    .map((standing) =>
      toSortable({ standing, pending, state: states.get(standing.webhook.id) ?? "healthy" }),
    );
  const start = (page - 1) * limit;
  const shown = sortWebhooks(found, order).slice(start, start + limit);
  const ids = shown.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await selectWebhooks({ ids });
  const views = new Map(rows.map((row) => [row.webhook.id, toWebhookView(row, actor)]));
  const active = standings.filter(({ webhook }) => webhook.is_active).length;
  return {
    // One that was deleted just now is left out.
    webhooks: shown.flatMap(({ id, state, waiting, pause }) => {
      const webhook = views.get(id);
      return webhook ? [{ webhook, state, waiting, pause: pause && toPause(pause) }] : [];
    }),
    hasNextPage: found.length > start + limit,
    counts: { all: standings.length, active, inactive: standings.length - active },
  };
}

type Standing = Awaited<ReturnType<typeof selectWebhookStandings>>[number];

type Sorted = { standing: Standing; pending: Map<number, number>; state: HealthState };

function toSortable({ standing: { webhook, stats }, pending, state }: Sorted) {
  return {
    id: webhook.id,
    name: webhook.name,
    state,
    rate: stats && successRate({ sent: stats.total_sent, succeeded: stats.total_success }),
    lastSentAt: stats?.last_sent_at ?? null,
    waiting: pending.get(webhook.id) ?? 0,
    pause: webhook.pause,
  };
}

// Compared here and not in SQL: in the collation "C", which a database may have, `ilike` does not know Cyrillic.
function searchedText({ webhook, actor }: { webhook: Standing["webhook"]; actor: Actor }): string {
  const { name, description, webhook_url: url } = webhook;
  // What may be a secret in an address cannot be guessed letter by letter by those who do not see it.
  const searched = hasRole(actor, "manager") ? url : hostOf(url);
  return `${name}\n${description ?? ""}\n${searched}`.toLowerCase();
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
