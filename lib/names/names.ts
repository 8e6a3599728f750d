import { normaliseOrganizationId } from "@/lib/orders/organization-id";
import { normaliseOrderType, normaliseStatus, ORDER_STATUSES, ORDER_TYPES } from "@/lib/orders/status";

/** What people may give a name of their own. */
export const NAME_KINDS = ["organization", "order_type", "status"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** What people call each thing, by kind and key. */
export type Names = Record<NameKind, Record<string, string>>;

const KEY_OF: Record<NameKind, (code: string) => string> = {
  organization: normaliseOrganizationId,
  order_type: normaliseOrderType,
  status: normaliseStatus,
};

/** The one key of a code, in whatever spelling it came: an organization's UUID in any case, with braces or not. */
export function nameKey({ kind, code }: { kind: NameKind; code: string }): string {
  return KEY_OF[kind](code);
}

/** What people call a code; null when they call it nothing. */
export function nameOf({ names, kind, code }: { names: Names; kind: NameKind; code: string }): string | null {
  const key = nameKey({ kind, code });
  return Object.hasOwn(names[kind], key) ? (names[kind][key] ?? null) : null;
}

const OWN_WORDS = new Set<string>([...ORDER_STATUSES, ...ORDER_TYPES]);

/** Whether the product has words of its own for a key, in every language. */
export function hasOwnWords({ kind, key }: { kind: NameKind; key: string }): boolean {
  return kind !== "organization" && OWN_WORDS.has(key);
}
