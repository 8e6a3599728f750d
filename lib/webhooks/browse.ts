import { selectWebhooks, selectWebhookTitles, type WebhookTitle } from "@/db/queries/webhooks";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

export type BrowsedWebhooks = {
  webhooks: WebhookView[];
  /** The id that the next page begins below; null at the end. */
  nextBefore: number | null;
  /** Of all webhooks, whatever was searched for. */
  counts: { all: number; active: number; inactive: number };
};

type Input = {
  actor: Actor;
  search: string;
  isActive?: boolean | undefined;
  beforeId?: number | undefined;
  limit: number;
};

/** One page of the webhooks whose name, description or URL holds `search`, newest first, with their statistics. */
export async function browseWebhooks({
  actor,
  search,
  isActive,
  beforeId = Number.POSITIVE_INFINITY,
  limit,
}: Input): Promise<BrowsedWebhooks> {
  requireRole(actor, "viewer");
  const titles = await selectWebhookTitles();
  const words = search.trim().toLowerCase();
  const page = titles
    .filter((title) => title.id < beforeId && (isActive === undefined || title.is_active === isActive))
    .filter((title) => searchedText({ title, actor }).includes(words))
    .slice(0, limit + 1)
    .map(({ id }) => id);
  const ids = page.slice(0, limit);
  const active = titles.filter((title) => title.is_active).length;
  return {
    webhooks: ids.length === 0 ? [] : (await selectWebhooks({ ids })).map((row) => toWebhookView(row, actor)),
    nextBefore: page.length > limit ? (ids.at(-1) ?? null) : null,
    counts: { all: titles.length, active, inactive: titles.length - active },
  };
}

// Compared here and not in SQL: in the collation "C", which a database may have, `ilike` does not know Cyrillic.
function searchedText({ title, actor }: { title: WebhookTitle; actor: Actor }): string {
  const { name, description, webhook_url: url } = title;
  // What may be a secret in an address cannot be guessed letter by letter by those who do not see it.
  const searched = hasRole(actor, "manager") ? url : hostOf(url);
  return `${name}\n${description ?? ""}\n${searched}`.toLowerCase();
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
