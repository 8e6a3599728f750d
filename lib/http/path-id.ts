import { AppError } from "@/lib/errors";
import { preview } from "@/lib/expected";
import { MAX_ID } from "@/lib/http/query";
import { invalid } from "@/lib/parse-input";

type PathId = { name: string; text: string | undefined; max?: number };

/** The number in a path. Throws invalid, naming the field, when it is none, and not_found when no row can have it. */
export function pathId({ name, text = "", max = MAX_ID }: PathId): number {
  if (!/^-?\d+$/.test(text)) {
    throw invalid([{ path: name, message: `expected a whole number, got ${preview(text)}` }]);
  }
  const id = Number(text);
  if (id >= 1 && id <= max) return id;
  throw new AppError("not_found", `There is no ${name} ${text.slice(0, 40)}.`);
}
