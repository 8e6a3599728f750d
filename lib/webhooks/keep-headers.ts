import { fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
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
    const refusal = refuse("header_to_keep", { mark: SET });
    throw invalid(missing.map(([name]) => fieldError(`custom_headers.${name}`, refusal)));
  }
  return Object.fromEntries(kept) as Headers;
}
