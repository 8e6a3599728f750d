import type { GivenUpRow } from "@/db/queries/given-up";
import { type AlertText, linkToWebhooks } from "@/lib/alerts/alert-text";
import { count, headlineName } from "@/lib/alerts/words";
import { shortened } from "@/lib/text";

/** How many numbers of orders are named for each webhook; the rest is counted. */
export const NAMED_ORDERS = 20;
/** What Telegram takes as one message holds at least this many webhooks. */
export const MAX_WEBHOOKS = 3;
const MAX_NUMBER_LENGTH = 40;

/** One message in Russian about the orders that up to MAX_WEBHOOKS webhooks were never told of; plain text. */
export function givenUpText({ rows, appUrl }: { rows: GivenUpRow[]; appUrl: string | undefined }): AlertText {
  const orders = rows.reduce((sum, row) => sum + row.orders, 0);
  return {
    subject: `⚠️ Не переданы заказы: ${count(orders)}`,
    text: `${rows.map(paragraph).join("\n\n")}\n\nСообщите о них получателю сами, например по телефону. Отправить повторно: ${linkToWebhooks(appUrl)}\n`,
  };
}

function paragraph({ webhook_name: name, orders, numbers }: GivenUpRow): string {
  const rest = orders - numbers.length;
  const named = numbers
    .map((number) => `№ ${shortened({ text: number, max: MAX_NUMBER_LENGTH })}`)
    .join(", ");
  return [
    `⚠️ Вебхук ${headlineName(name)} был недоступен слишком долго. Не переданы заказы: ${count(orders)}.`,
    rest > 0 ? `${named} и ещё ${count(rest)}.` : `${named}.`,
  ].join("\n");
}
