import { invalid } from "@/lib/parse-input";
import { SET } from "@/lib/webhooks/field-kinds";

type Headers = Record<string, string>;

/**
 * The headers of an update with each "***" replaced by the value that is set under that name. Throws
 * `invalid` for a "***" under a name that is not set.
 */
export function keepHeaders({ given, present }: { given: Headers; present: Headers | null }): Headers {
  const known = new Map(Object.entries(present ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = Object.entries(given).map(([name, value]): [string, string | undefined] => [
    name,
    value === SET ? known.get(name.toLowerCase()) : value,
  ]);
  const missing = kept.filter(([, value]) => value === undefined);
  if (missing.length > 0) {
    const message = `"${SET}" means to keep the value that is set, and this header has none; give its value`;
    throw invalid(missing.map(([name]) => ({ path: `custom_headers.${name}`, message })));
  }
  return Object.fromEntries(kept) as Headers;
}
