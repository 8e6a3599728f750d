import { expect, test } from "vitest";
import { parseEnv } from "./env";

const KEY = Buffer.alloc(32, 7).toString("base64");

test.each<[Record<string, string>, RegExp]>([
  [{ EVENT_KEY: "a/b" }, /EVENT_KEY: goes into the path/],
  [{ EVENT_KEY: "ключ" }, /EVENT_KEY: goes into the path/],
  [{ EVENT_KEY: "a b" }, /EVENT_KEY: goes into the path/],
  [{ EVENT_KEY: "a%41" }, /EVENT_KEY: goes into the path/],
  [{ EVENT_KEY: ".." }, /EVENT_KEY: must not be/],
  [{ APP_URL: "hooks.example" }, /APP_URL: expected http/],
  [{ APP_URL: "ftp://hooks.example" }, /APP_URL: expected http/],
  [{ APP_URL: "https://hooks.example/panel" }, /APP_URL: only the scheme/],
  [{ APP_URL: "https://hooks.example/?a=b" }, /APP_URL: only the scheme/],
  [{ APP_URL: "https://hooks.example/#top" }, /APP_URL: only the scheme/],
  [{ APP_URL: "https://user:pw@hooks.example" }, /APP_URL: only the scheme/],
  [{ INNGEST_SERVE_ORIGIN: "http://app:3000/api/inngest" }, /INNGEST_SERVE_ORIGIN: only the scheme/],
  [{ INNGEST_BASE_URL: "inngest:8288" }, /INNGEST_BASE_URL: expected http/],
  [{ INNGEST_EVENT_KEY: "k" }, /INNGEST_SIGNING_KEY: is needed, because INNGEST_EVENT_KEY is set/],
  [{ ENCRYPTION_KEY: "short" }, /ENCRYPTION_KEY: must be 32 bytes.*openssl rand/],
  [{ ENCRYPTION_KEY: `${KEY},short` }, /ENCRYPTION_KEY: must be 32 bytes/],
  [{ SMTP_URL: "mail.example" }, /SMTP_URL: expected smtp:/],
  [{ SMTP_URL: "https://mail.example" }, /SMTP_URL: expected smtp:/],
  ...["p/w", "p?w", "p#w", "p@w", "p%w"].map((password): [Record<string, string>, RegExp] => [
    { SMTP_URL: `smtp://user:${password}@mail.example:587` },
    /SMTP_URL: expected smtp:.*%40/,
  ]),
  [{ SMTP_URL: "smtp://mail.example", ALERT_EMAIL_FROM: "a@b.example" }, /ALERT_EMAIL_TO: is needed/],
  [{ ALERT_EMAIL_TO: "a@b.example" }, /SMTP_URL: is needed, because ALERT_EMAIL_TO is set/],
  [{ TELEGRAM_BOT_TOKEN: "1:a" }, /TELEGRAM_CHAT_ID: is needed/],
  [{ TELEGRAM_CHAT_ID: "1" }, /TELEGRAM_BOT_TOKEN: is needed/],
  [{ TELEGRAM_API_URL: "nonsense" }, /TELEGRAM_API_URL: expected http/],
  [{ REQUIRE_HTTPS: "yes" }, /REQUIRE_HTTPS: expected true or false$/],
  [{ IIKO_AUTH_TOKEN: "секрет" }, /IIKO_AUTH_TOKEN: goes into a header/],
  [{ BOOTSTRAP_API_TOKEN: "токен" }, /BOOTSTRAP_API_TOKEN: goes into a header/],
  [{ METRICS_TOKEN: "a\u200bb" }, /METRICS_TOKEN: goes into a header/],
  [{ LOG_LEVEL: "loud" }, /LOG_LEVEL: expected one of fatal, error, warn/],
  [{ WEBHOOK_CONCURRENCY: "many" }, /WEBHOOK_CONCURRENCY: expected a whole number from 1 to 100$/],
  [{ LOG_RETENTION_DAYS: "0" }, /LOG_RETENTION_DAYS: expected a whole number from 1 to 3650$/],
  [{ PORT: "80a" }, /PORT: expected a whole number from 1 to 65535$/],
  [{ OUTBOUND_ALLOW: "10.0.0.0/99" }, /OUTBOUND_ALLOW: /],
  [{ EVENT_KEY: '"abc"' }, /leave out the quotes around EVENT_KEY/],
  [
    { APP_URL: "'https://hooks.example'", LOG_LEVEL: '"info"' },
    /leave out the quotes around APP_URL, LOG_LEVEL/,
  ],
])("%j cannot work and is named", (source, message) => {
  expect(() => parseEnv(source)).toThrow(message);
});

test.each<[Record<string, string>, object]>([
  [{ APP_URL: " https://Hooks.example:443/ " }, { APP_URL: "https://hooks.example" }],
  [{ APP_URL: "http://[::1]:3000" }, { APP_URL: "http://[::1]:3000" }],
  [{ LOG_LEVEL: "INFO" }, { LOG_LEVEL: "info" }],
  [{ LOG_LEVEL: "WARNING" }, { LOG_LEVEL: "warn" }],
  [{ IIKO_AUTH_TOKEN: "Bearer abc" }, { IIKO_AUTH_TOKEN: "abc" }],
  [{ EVENT_KEY: "A-b_c.d~9\n" }, { EVENT_KEY: "A-b_c.d~9" }],
  [{ ENCRYPTION_KEY: `${"ab".repeat(32)}, ${KEY}` }, { ENCRYPTION_KEY: `${"ab".repeat(32)}, ${KEY}` }],
  [
    {
      SMTP_URL: "smtps://u%40x:p%2Fw@mail.example:465/?pool=true",
      ALERT_EMAIL_FROM: "a@b",
      ALERT_EMAIL_TO: "c@d",
    },
    { SMTP_URL: "smtps://u%40x:p%2Fw@mail.example:465/?pool=true" },
  ],
  [
    { PORT: " 8080 ", LOG_LEVEL: " debug", REQUIRE_HTTPS: "true " },
    { PORT: 8080, LOG_LEVEL: "debug", REQUIRE_HTTPS: true },
  ],
  [
    { PORT: "", LOG_RETENTION_DAYS: " ", TELEGRAM_API_URL: "" },
    { PORT: 3000, LOG_RETENTION_DAYS: 30, TELEGRAM_API_URL: "https://api.telegram.org" },
  ],
])("%j is taken", (source, expected) => {
  expect(parseEnv(source)).toMatchObject(expected);
});
