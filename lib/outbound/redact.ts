import type { Outcome } from "@/lib/outbound/send";
import { mapRefusal } from "@/lib/refusals/map-refusal";
import { storableText } from "@/lib/text";

const REDACTED = "***";

/** Always secret. `webhook-signature` is not: it proves one body at one time, gives no key away and helps to debug. */
const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Shorter ones would black out ordinary words and digits all over a log. */
const MIN_SECRET_LENGTH = 4;

/** A text that happens to end like a secret begins is not yet a secret cut off. */
const MIN_CUT_OFF_LENGTH = 8;

/** The headers as they may be stored: those named in `secretNames` (any case), and credentials always, as `***`. */
export function redactHeaders(
  headers: Record<string, string>,
  secretNames: string[],
): Record<string, string> {
  const secret = new Set(secretNames.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const isSecret = SECRET_HEADERS.has(name.toLowerCase()) || secret.has(name.toLowerCase());
      return [name, isSecret ? REDACTED : value];
    }),
  );
}

/**
 * The text with each secret as `***`, also where it is JSON-escaped or URL-encoded, and where the text was cut
 * off in the middle of it. Of an `Authorization` value the credentials alone count too.
 */
export function redactText(text: string, secrets: string[]): string {
  return redactForms(text, writtenForms(secrets));
}

/** The outcome without the webhook's secrets, for a receiver may send back what it was sent. */
export function redactOutcome(outcome: Outcome, secrets: string[]): Outcome {
  const forms = formsOf(secrets);
  const responseHeaders = redactHeaders(outcome.responseHeaders, []);
  if (forms.length === 0) return { ...outcome, responseHeaders };
  const clean = (text: string | null) => (text === null ? null : redactForms(text, forms));
  return {
    ...outcome,
    responseHeaders: Object.fromEntries(
      Object.entries(responseHeaders).map(([name, value]) => [
        redactForms(name, forms),
        redactForms(value, forms),
      ]),
    ),
    responseBody: clean(outcome.responseBody),
    fault: outcome.fault && mapRefusal(outcome.fault, (text) => redactForms(text, forms)),
    retryAfter: clean(outcome.retryAfter),
    redirectTo: clean(outcome.redirectTo),
  };
}

// By list: a webhook's secrets are one list as long as it does not change.
const knownForms = new WeakMap<string[], string[]>();

function formsOf(secrets: string[]): string[] {
  const forms = knownForms.get(secrets) ?? writtenForms(secrets);
  knownForms.set(secrets, forms);
  return forms;
}

/** Longest first: a secret that contains another one must go as a whole. */
function writtenForms(secrets: string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const credentials = /^(?:Basic|Bearer) +([^ ].*)$/i.exec(secret)?.[1];
    return [secret, ...(credentials ? [credentials] : [])].flatMap((text) => [
      text,
      JSON.stringify(text).slice(1, -1),
      encodeURIComponent(storableText(text)),
    ]);
  });
  return [...new Set(forms)]
    .filter((form) => form.length >= MIN_SECRET_LENGTH)
    .sort((a, b) => b.length - a.length);
}

function redactForms(text: string, forms: string[]): string {
  const redacted = forms.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
  return forms.reduce((rest, form) => redactCutOffEnd({ text: rest, form }), redacted);
}

function redactCutOffEnd({ text, form }: { text: string; form: string }): string {
  const longest = Math.min(form.length - 1, text.length);
  for (let length = longest; length >= MIN_CUT_OFF_LENGTH; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return text.slice(0, -length) + REDACTED;
  }
  return text;
}
