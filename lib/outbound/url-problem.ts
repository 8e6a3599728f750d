import { invisibleProblem } from "@/lib/characters";

import { type Refusal, refuse } from "@/lib/refusals/refuse";

const MAX_URL_LENGTH = 2048;

/** What is wrong with a webhook's URL as it is written; null when nothing is. Where it leads is the guard's to judge. */
export function urlProblem(url: string): Refusal | null {
  if (url.length > MAX_URL_LENGTH) return refuse("url_long", { length: url.length, max: MAX_URL_LENGTH });
  if (!/^https?:\/\//i.test(url)) return refuse("url_scheme");
  const invisible = invisibleProblem(url);
  if (invisible !== null) return invisible;
  // The URL parser drops or rewrites these without a word, so what is saved would not be what is called.
  if (/[\s\\\p{Control}]/u.test(url)) return refuse("url_spaces");
  if (!URL.canParse(url)) return refuse("url_invalid");
  const { username, password, port } = new URL(url);
  // The URL parser knows it, no network does.
  if (port === "0") return refuse("url_invalid");
  return username === "" && password === "" ? null : refuse("url_credentials");
}
