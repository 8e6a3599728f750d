import type { GivenUpRow } from "@/db/queries/given-up";
import { type AlertText, linkToWebhooks } from "@/lib/alerts/alert-text";
import { ALERT_WORDS, type AlertWords, headlineName } from "@/lib/alerts/words/words";
import type { Locale } from "@/lib/i18n/locales";
import { shortened } from "@/lib/text";

/** How many numbers of orders are named for each webhook; the rest is counted. */
export const NAMED_ORDERS = 20;
/** What Telegram takes as one message holds at least this many webhooks. */
export const MAX_WEBHOOKS = 3;
const MAX_NUMBER_LENGTH = 40;

type GivenUpTextInput = { rows: GivenUpRow[]; appUrl: string | undefined; language: Locale };

/** One message about the orders that up to MAX_WEBHOOKS webhooks were never told of; plain text. */
export function givenUpText({ rows, appUrl, language }: GivenUpTextInput): AlertText {
  const words = ALERT_WORDS[language];
  const orders = rows.reduce((sum, row) => sum + row.orders, 0);
  const paragraphs = rows.map((row) => paragraph(row, words)).join("\n\n");
  return {
    subject: `⚠️ ${words.notTold(orders)}`,
    text: `${paragraphs}\n\n${words.tellYourself(linkToWebhooks({ appUrl, words }))}\n`,
  };
}

function paragraph({ webhook_name: name, orders, numbers }: GivenUpRow, words: AlertWords): string {
  const rest = orders - numbers.length;
  const named = numbers
    .map((number) => words.order(shortened({ text: number, max: MAX_NUMBER_LENGTH })))
    .join(", ");
  return [
    `⚠️ ${words.downTooLong(headlineName(name, words))} ${words.notTold(orders)}.`,
    `${named}${rest > 0 ? words.andMore(rest) : ""}.`,
  ].join("\n");
}
