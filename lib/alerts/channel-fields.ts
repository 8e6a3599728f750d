import { z } from "zod";
import { EMAIL_SECURITY } from "@/lib/alerts/channel-names";
import { env } from "@/lib/env";
import { checkUrl } from "@/lib/outbound/ssrf-guard";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

// A line break would begin another line of what is sent.
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, zodMessage(refuse("characters_at_most", { max })))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .regex(/^[^\u0000-\u001f\u007f]*$/, zodMessage(refuse("alert_one_line")));

const address = (text: string) => /^[^@\s]*[^\s]@[^@\s]+$/.test(text.replace(/^.*<([^<>]+)>$/, "$1").trim());

/** What is kept of a Telegram channel beside the bot's token. An empty address is Telegram's own, or the server's. */
export const TelegramFields = z.strictObject({
  is_on: z.boolean(),
  chat_id: line(64).regex(/^(-?\d{1,20}|@\w{4,63})$/, zodMessage(refuse("alert_chat_id"))),
  api_url: line(1_000).superRefine((url, context) => {
    if (url === "") return;
    const { OUTBOUND_ALLOW, REQUIRE_HTTPS } = env();
    const check = checkUrl(url, { allow: OUTBOUND_ALLOW, requireHttps: REQUIRE_HTTPS });
    if (!check.ok) context.addIssue({ code: "custom", message: zodMessage(check.refusal) });
  }),
});
export type TelegramFields = z.infer<typeof TelegramFields>;

/** What is kept of a mail channel beside the password; `user` is empty where the server asks for none. */
export const EmailFields = z.strictObject({
  is_on: z.boolean(),
  host: line(253).regex(/^[\p{L}\p{N}][\p{L}\p{N}.:_-]*$/u, zodMessage(refuse("alert_host"))),
  port: z
    .int(zodMessage(refuse("integer_between", { min: 1, max: 65_535 })))
    .min(1)
    .max(65_535),
  security: z.enum(EMAIL_SECURITY),
  user: line(320),
  from: line(500).refine(address, zodMessage(refuse("alert_mail_address"))),
  to: line(2_000).refine(
    (text) => text.split(",").every((one) => address(one)),
    zodMessage(refuse("alert_mail_addresses")),
  ),
});
export type EmailFields = z.infer<typeof EmailFields>;

// Empty: the one that is set stays.
const secret = (max: number) => line(max);

export const TelegramInput = TelegramFields.extend({
  bot_token: secret(200).regex(/^(|\d{1,20}:[\w-]{10,150})$/, zodMessage(refuse("alert_bot_token"))),
});
export const EmailInput = EmailFields.extend({ smtp_password: secret(1_000) });
export type TelegramInput = z.infer<typeof TelegramInput>;
export type EmailInput = z.infer<typeof EmailInput>;
