import { redactText } from "./redact";

const MASK = "***";

/** Shorter values would black out ordinary words in a receiver's answer. */
const MIN_ECHOED_LENGTH = 8;

/**
 * A URL as those may see it who may not read a webhook's secrets: without its user, its query's values, its fragment,
 * and what in its path is a key, as Telegram's `/bot<token>/` and Bitrix24's `/rest/<user>/<code>/`.
 */
export function maskUrl(url: string): string {
  return maskParts(url).masked;
}

/** A text in which URLs may stand, each as `maskUrl` shows it. */
export function maskUrlsIn(text: string): string {
  return text.replace(/\bhttps?:\/\/[^\s"'<>]+/gi, maskUrl);
}

/** A text about a request to `url`, without the secrets of that URL, should the receiver repeat them. */
export function maskEchoes({ text, url }: { text: string; url: string }): string {
  return redactText(maskUrlsIn(text), maskParts(url).secrets);
}

function maskParts(url: string): { masked: string; secrets: string[] } {
  const [, start = "", path = "", query = "", fragment = ""] =
    /^([^/?#]*\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  const secrets: string[] = [];
  const mask = (secret: string) => {
    if (secret.length >= MIN_ECHOED_LENGTH) secrets.push(secret, decoded(secret));
    return secret === "" ? "" : MASK;
  };
  const masked = [
    maskUser({ start, mask }),
    maskPath({ path, mask }),
    query &&
      `?${query
        .slice(1)
        .split("&")
        .map((part) => maskValue({ part, mask }))
        .join("&")}`,
    fragment && `#${mask(fragment.slice(1))}`,
  ].join("");
  return { masked, secrets };
}

type Mask = (secret: string) => string;

function maskUser({ start, mask }: { start: string; mask: Mask }): string {
  const end = start.lastIndexOf("@");
  if (end === -1) return start;
  const begin = start.indexOf("//") + 2;
  for (const part of start.slice(begin, end).split(":")) mask(part);
  return `${start.slice(0, begin)}${MASK}${start.slice(end)}`;
}

function maskPath({ path, mask }: { path: string; mask: Mask }): string {
  const segments = path.split("/");
  const shown = segments.map((segment, index) => {
    const bot = /^bot(?=\d+(?::|%3a))/i.exec(segment);
    if (bot) return `${bot[0]}${mask(segment.slice(bot[0].length))}`;
    const isBitrixCode =
      segments[index - 2]?.toLowerCase() === "rest" && /^\d+$/.test(segments[index - 1] ?? "");
    return isBitrixCode || looksLikeKey(segment) ? mask(segment) : segment;
  });
  return shown.join("/");
}

/** The keys that Slack, Discord, n8n and others put into the path: long, of letters and digits mixed, no words. */
function looksLikeKey(segment: string): boolean {
  return /^[\w.~:%-]{20,}$/.test(segment) && /\d/.test(segment) && /[a-z]/i.test(segment);
}

function maskValue({ part, mask }: { part: string; mask: Mask }): string {
  const at = part.indexOf("=");
  return at === -1 ? mask(part) : `${part.slice(0, at)}=${mask(part.slice(at + 1))}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
