import { AppError, fieldError } from "@/lib/errors";
import { notExpected } from "@/lib/expected";
import { MAX_ID } from "@/lib/http/query";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";

/** The parameters of paths that are numbers, with the highest that a row can have; any other is text. */
const MAX_IDS = { webhook_id: MAX_ID, log_id: Number.MAX_SAFE_INTEGER } as const;
type NumberName = keyof typeof MAX_IDS;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What a path such as `/outgoing-webhooks/{webhook_id}` holds. */
export type PathParams<Path extends string> = {
  [Name in NamesIn<Path>]: Name extends NumberName ? number : string;
};

/**
 * The parameters of a path, numbers read as such. Throws invalid, naming the parameter, for one that is no
 * number, and not_found when no row can have it.
 */
export function parsePathParams<Path extends string>(
  _path: Path,
  texts: Record<string, string>,
): PathParams<Path> {
  const read = Object.entries(texts).map(([name, text]) => [
    name,
    isNumberParam(name) ? numberOf({ name, text }) : text,
  ]);
  return Object.fromEntries(read) as PathParams<Path>;
}

export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

export function isNumberParam(name: string): name is NumberName {
  return name in MAX_IDS;
}

function numberOf({ name, text }: { name: NumberName; text: string }): number {
  if (!/^-?\d+$/.test(text)) {
    throw invalid([fieldError(name, notExpected({ what: refuse("whole_number"), given: text }))]);
  }
  const id = Number(text);
  if (id >= 1 && id <= MAX_IDS[name]) return id;
  throw new AppError("not_found", refuse("no_such_id", { name, id: text.slice(0, 40) }));
}
