const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a preference that the server reads, such as the language; never a secret. */
export function setCookie({ name, value }: { name: string; value: string }): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
