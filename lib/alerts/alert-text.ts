import type { Recovery } from "@/db/queries/alerts";
import type { WaitingCount } from "@/db/queries/backlogs";
import type { AlertState, LastHour } from "@/lib/alerts/alert-state";
import { count, headlineName, moscowTime, period, whatWaits } from "@/lib/alerts/words";
import FAULTS from "@/lib/i18n/messages/ru/faults.json";
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

/** One message in Russian about up to MAX_CHANGES webhooks; plain text. `appUrl` is where the panel is, if known. */
export function alertText({
  changes,
  appUrl,
}: {
  changes: AlertChange[];
  appUrl: string | undefined;
}): AlertText {
  const [first] = changes;
  const isOne = first !== undefined && changes.length === 1;
  return {
    subject: isOne ? headline(first) : `Изменилось состояние вебхуков: ${changes.length}`,
    text: `${changes.map(paragraph).join("\n\n")}\n\nПодробности: ${linkToWebhooks(appUrl)}\n`,
  };
}

export function linkToWebhooks(appUrl: string | undefined): string {
  return appUrl ? new URL("/webhooks", appUrl).href : "раздел «Исходящие вебхуки» в панели";
}

const SIGNS: Record<AlertState, string> = { ok: "✅", failing: "❌", down: "🔌", deactivated: "⛔" };
const VERBS: Record<AlertState, string> = {
  ok: "снова работает",
  failing: "не принимает заказы",
  down: "недоступен",
  deactivated: "отключён",
};

function headline({ name, state }: AlertChange): string {
  return `${SIGNS[state]} Вебхук ${headlineName(name)} ${VERBS[state]}`;
}

function paragraph(change: AlertChange): string {
  return [`${headline(change)}.`, ...DETAILS[change.state](change)].join("\n");
}

const DETAILS: Record<AlertState, (change: AlertChange) => string[]> = {
  ok: ({ recovery, waiting }) =>
    recovery
      ? [
          `Доставлено: ${count(recovery.delivered)}, не доставлено: ${count(recovery.failed)}, ещё ждут: ${count(waiting.deliveries)}.`,
        ]
      : ["Последний запрос прошёл. То, что не дошло раньше, можно отправить повторно из журнала."],
  failing: (change) => [
    `${failures(change)} Последний успешный: ${moscowTime(change.lastSuccessAt)}.`,
    ...reason(change),
  ],
  down: (change) => [
    `Недоступен с ${moscowTime(change.downSince)}. ${whatWaits(change.waiting)}.`,
    `Когда он ответит, всё уйдёт само, по порядку. Что прождёт дольше ${period(change.giveUpAfterMinutes)}, отправлено не будет.`,
    ...reason(change),
  ],
  deactivated: () => [
    "Получатель ответил 410: он больше не принимает вебхуки. То, что ожидало отправки, отменено.",
    FAULTS.gone.whatToDo,
  ],
};

function failures({ consecutiveFailures, lastHour }: AlertChange): string {
  if (lastHour === null) return `Неудачных запросов подряд: ${consecutiveFailures}.`;
  const percent = Math.floor(((lastHour.sent - lastHour.failed) * 100) / lastHour.sent);
  return `За последний час прошло ${percent} % запросов, не прошло ${count(lastHour.failed)} из ${count(lastHour.sent)}.`;
}

function reason({ errorCode }: AlertChange): string[] {
  const code = ERROR_CODES.find((known) => known === errorCode);
  if (!code) return [];
  const { title, whatToDo } = FAULTS[code];
  return [`Причина: ${title}.`, whatToDo];
}
