import type { Recovery } from "@/db/queries/alerts";
import type { WaitingCount } from "@/db/queries/backlogs";
import type { AlertState, LastHour } from "@/lib/alerts/alert-state";
import { ALERT_WORDS, type AlertWords, headlineName } from "@/lib/alerts/words/words";
import type { Locale } from "@/lib/i18n/locales";
import { ERROR_CODES } from "@/lib/outbound/explain-error";

/** A webhook whose state changed, with what a person wants to know of it. */
export type AlertChange = {
  name: string;
  state: AlertState;
  consecutiveFailures: number;
  /** Of the last hour, where that is why it is told of. */
  lastHour: LastHour | null;
  lastSuccessAt: Date | null;
  /** Of its last failed request, as lib/deliveries/explain-error names it. */
  errorCode: string | null;
  /** Since when it is down; null when it is not. */
  downSince: Date | null;
  giveUpAfterMinutes: number;
  waiting: WaitingCount;
  /** What became of that which waited, when it was last told of as down. */
  recovery: Recovery | null;
};

export type AlertText = { subject: string; text: string };

/** What Telegram takes as one message (4096 characters) holds at least this many changes. */
export const MAX_CHANGES = 5;

type AlertTextInput = { changes: AlertChange[]; appUrl: string | undefined; language: Locale };

/** One message about up to MAX_CHANGES webhooks; plain text. `appUrl` is where the panel is, if known. */
export function alertText({ changes, appUrl, language }: AlertTextInput): AlertText {
  const words = ALERT_WORDS[language];
  const [first] = changes;
  const isOne = first !== undefined && changes.length === 1;
  const paragraphs = changes.map((change) => paragraph(change, words)).join("\n\n");
  return {
    subject: isOne ? headline(first, words) : words.manyChanged(changes.length),
    text: `${paragraphs}\n\n${words.details(linkToWebhooks({ appUrl, words }))}\n`,
  };
}

export function linkToWebhooks({ appUrl, words }: { appUrl: string | undefined; words: AlertWords }): string {
  return appUrl ? new URL("/webhooks", appUrl).href : words.panel;
}

const SIGNS: Record<AlertState, string> = { ok: "✅", failing: "❌", down: "🔌", deactivated: "⛔" };

function headline({ name, state }: AlertChange, words: AlertWords): string {
  return `${SIGNS[state]} ${words.webhook(headlineName(name, words))} ${words.verbs[state]}`;
}

function paragraph(change: AlertChange, words: AlertWords): string {
  return [`${headline(change, words)}.`, ...DETAILS[change.state](change, words)].join("\n");
}

const DETAILS: Record<AlertState, (change: AlertChange, words: AlertWords) => string[]> = {
  ok: ({ recovery, waiting }, words) => [
    recovery ? words.recovered(recovery, waiting.deliveries) : words.works,
  ],
  failing: (change, words) => [
    `${failures(change, words)} ${words.lastSuccess(change.lastSuccessAt)}`,
    ...reason(change, words),
  ],
  down: (change, words) => [
    `${words.downSince(change.downSince)} ${words.whatWaits(change.waiting)}.`,
    words.drain(change.giveUpAfterMinutes),
    ...reason(change, words),
  ],
  deactivated: (_, words) => [words.gone, words.faults.gone.whatToDo],
};

function failures({ consecutiveFailures, lastHour }: AlertChange, words: AlertWords): string {
  if (lastHour === null) return words.inARow(consecutiveFailures);
  return words.ofLastHour(lastHour, Math.floor(((lastHour.sent - lastHour.failed) * 100) / lastHour.sent));
}

function reason({ errorCode }: AlertChange, words: AlertWords): string[] {
  const code = ERROR_CODES.find((known) => known === errorCode);
  if (!code) return [];
  const { title, whatToDo } = words.faults[code];
  return [words.reason(title), whatToDo];
}
