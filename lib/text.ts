/** The text with NUL and lone surrogates as U+FFFD: Postgres can store neither in text or jsonb. */
export function storableText(text: string): string {
  // Nearly every text passes this test, and without the u flag it costs a third.
  if (!/[\0\uD800-\uDFFF]/.test(text)) return text;
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
}

/** The text, and where it is longer than `max` characters its beginning and an ellipsis. */
export function shortened({ text, max }: { text: string; max: number }): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** What was thrown, in its own words. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
