import { invisibleProblem } from "@/lib/characters";

const MAX_URL_LENGTH = 2048;

/** What is wrong with a webhook's URL as it is written, in a sentence; null when nothing is. Where it leads is the guard's to judge. */
export function urlProblem(url: string): string | null {
  if (url.length > MAX_URL_LENGTH)
    return `The URL is ${url.length} characters long; at most ${MAX_URL_LENGTH} are allowed.`;
  if (!/^https?:\/\//i.test(url))
    return "The URL must begin with https:// or http://, for example https://crm.example/orders.";
  const invisible = invisibleProblem(url);
  if (invisible !== null) return invisible;
  // The URL parser drops or rewrites these without a word, so what is saved would not be what is called.
  if (/[\s\\\p{Control}]/u.test(url)) return "The URL must not contain spaces, line breaks or backslashes.";
  if (!URL.canParse(url)) return "The URL is not valid: check its host name and port.";

  const { username, password } = new URL(url);
  if (username === "" && password === "") return null;
  return "The URL must not contain a user name or password; choose Basic Auth for them instead.";
}
