/** The text with NUL and lone surrogates as U+FFFD: Postgres can store neither in text or jsonb. */
export function storableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
}
