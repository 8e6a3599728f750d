import type { Recovery } from "@/db/queries/alerts";
import type { WaitingCount } from "@/db/queries/backlogs";
import type { AlertState, LastHour } from "@/lib/alerts/alert-state";
import { ALERT_WORDS, headlineName } from "@/lib/alerts/words/words";
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
  const paragraphs = changes.map((change) => paragraph(change, language)).join("\n\n");
  return {
    subject: isOne ? headline(first, language) : words.manyChanged(changes.length),
    text: `${paragraphs}\n\n${words.details(linkToWebhooks({ appUrl, language }))}\n`,
  };
}

export function linkToWebhooks({ appUrl, language }: Omit<AlertTextInput, "changes">): string {
  return appUrl ? new URL("/webhooks", appUrl).href : ALERT_WORDS[language].panel;
}

const SIGNS: Record<AlertState, string> = { ok: "✅", failing: "❌", down: "🔌", deactivated: "⛔" };

function headline({ name, state }: AlertChange, language: Locale): string {
  const words = ALERT_WORDS[language];
  return `${SIGNS[state]} ${words.webhook(headlineName(name, language))} ${words.verbs[state]}`;
}

function paragraph(change: AlertChange, language: Locale): string {
  return [`${headline(change, language)}.`, ...DETAILS[change.state](change, language)].join("\n");
}

const DETAILS: Record<AlertState, (change: AlertChange, language: Locale) => string[]> = {
  ok: ({ recovery, waiting }, language) => {
    const { recovered, works } = ALERT_WORDS[language];
    return [recovery ? recovered(recovery, waiting.deliveries) : works];
  },
  failing: (change, language) => [
    `${failures(change, language)} ${ALERT_WORDS[language].lastSuccess(change.lastSuccessAt)}`,
    ...reason(change, language),
  ],
  down: (change, language) => {
    const { downSince, whatWaits, drain } = ALERT_WORDS[language];
    return [
      `${downSince(change.downSince)} ${whatWaits(change.waiting)}.`,
      drain(change.giveUpAfterMinutes),
      ...reason(change, language),
    ];
  },
  deactivated: (_, language) => [ALERT_WORDS[language].gone, ALERT_WORDS[language].faults.gone.whatToDo],
};

function failures({ consecutiveFailures, lastHour }: AlertChange, language: Locale): string {
  const words = ALERT_WORDS[language];
  if (lastHour === null) return words.inARow(consecutiveFailures);
  return words.ofLastHour(lastHour, Math.floor(((lastHour.sent - lastHour.failed) * 100) / lastHour.sent));
}

function reason({ errorCode }: AlertChange, language: Locale): string[] {
  const code = ERROR_CODES.find((known) => known === errorCode);
  if (!code) return [];
  const { faults, reason: because } = ALERT_WORDS[language];
  return [because(faults[code].title), faults[code].whatToDo];
}
