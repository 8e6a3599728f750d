import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { alertSettings, auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { forgetEnv } from "@/lib/env";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { refusalText } from "@/lib/refusals/refusal-text";
import { forgetSecrets } from "@/lib/secrets";
import { EmailInput, TelegramInput } from "./channel-fields";
import { checkAlerts } from "./check";
import { getAlertSettings } from "./get-settings";
import { DEFAULT_RULES } from "./rules";
import { saveAlertRules, saveEmail, saveTelegram } from "./save-settings";
import { reencryptAlertSecrets, requireKeysOfAlertSecrets } from "./stored-secrets";
import { testAlertChannel } from "./test-channel";
import { SMTP_USER, startSmtpServer, type TestSmtpServer } from "./testing/smtp-server";

const TOKEN = "123456:bot-token-nobody-may-see";
const ENVIRONMENT = ["OUTBOUND_ALLOW", "TELEGRAM_BOT_TOKEN", "TELEGRAM_CHAT_ID", "ENCRYPTION_KEY"];
const admin = actorAs("admin");
let database: TestDatabase;
let smtp: TestSmtpServer;
let bot: Receiver;
let before: (string | undefined)[];

beforeAll(async () => {
  database = await openTestDatabase();
  [smtp, bot] = await Promise.all([startSmtpServer(), startReceiver()]);
  before = ENVIRONMENT.map((name) => process.env[name]);
});
beforeEach(async () => {
  await database.empty();
  setEnvironment({ OUTBOUND_ALLOW: "127.0.0.1" });
  smtp.mails.length = 0;
  smtp.refuse(null);
  bot.requests.length = 0;
  bot.always(answer(200, { body: { ok: true } }));
});
afterAll(async () => {
  setEnvironment({});
  await Promise.all([smtp.close(), bot.close(), database.close()]);
});

function setEnvironment(given: Record<string, string>): void {
  ENVIRONMENT.forEach((name, index) => {
    const value = given[name] ?? before[index];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  });
  forgetEnv();
  forgetSecrets();
}

function telegram(changes: Partial<TelegramInput> = {}): TelegramInput {
  return { is_on: true, chat_id: "-100200300", api_url: bot.url, bot_token: TOKEN, ...changes };
}

function email(changes: Partial<EmailInput> = {}): EmailInput {
  const { hostname, port } = new URL(smtp.url);
  const fields = { is_on: true, host: hostname, port: Number(port), security: "auto" as const };
  const people = { from: "Вебхуки <hooks@example.com>", to: "anna@example.com, ops@example.com" };
  return { ...fields, ...people, user: SMTP_USER.user, smtp_password: SMTP_USER.password, ...changes };
}

async function addFailingWebhook(failures = 5): Promise<void> {
  await rows(sql`insert into outgoing_webhooks (name, webhook_url) values ('CRM', 'https://crm.example')`);
  await rows(sql`
    insert into webhook_stats (webhook_id, consecutive_failures, last_sent_at) values (1, ${failures}, now())`);
}

async function failureOf(name: "telegram" | "email"): Promise<string> {
  const outcome = await testAlertChannel({ actor: admin, name }).then(
    () => null,
    (error) => error,
  );
  return refusalText(outcome.refusal, "ru");
}

test("what the panel sets up is used at the next check, together with what it is to tell", async () => {
  await addFailingWebhook(3);
  expect(await checkAlerts()).toBe(0);
  await saveTelegram({ actor: admin, input: telegram() });
  await saveEmail({ actor: admin, input: email() });
  expect(await checkAlerts()).toBe(0);
  await saveAlertRules({ actor: admin, input: { ...DEFAULT_RULES, failures_in_row: 3 } });
  expect(await checkAlerts()).toBe(2);
  expect(bot.requests[0]?.path).toBe(`/bot${TOKEN}/sendMessage`);
  expect(smtp.mails[0]).toMatchObject({
    from: "hooks@example.com",
    to: ["anna@example.com", "ops@example.com"],
  });
});

test("a channel that is switched off is silent, and a kind that nobody wants is not told", async () => {
  await addFailingWebhook();
  await saveTelegram({ actor: admin, input: telegram({ is_on: false }) });
  await saveEmail({ actor: admin, input: email() });
  const kinds = { ...DEFAULT_RULES.kinds, failing: false };
  await saveAlertRules({ actor: admin, input: { ...DEFAULT_RULES, kinds } });
  expect(await checkAlerts()).toBe(0);
  await saveAlertRules({ actor: admin, input: DEFAULT_RULES });
  expect(await checkAlerts()).toBe(1);
  expect([smtp.mails.length, bot.requests.length]).toEqual([1, 0]);
});

test("secrets are encrypted, never shown, kept when left empty, and stay with whom they were given for", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  await saveEmail({ actor: admin, input: email() });
  const stored = JSON.stringify(await db().select().from(alertSettings));
  for (const secret of [TOKEN, SMTP_USER.password]) expect(stored).not.toContain(secret);
  await saveTelegram({ actor: admin, input: telegram({ chat_id: "@alerts", bot_token: "" }) });
  await testAlertChannel({ actor: admin, name: "telegram" });
  expect(bot.requests[0]?.path).toContain(TOKEN);
  expect(await getAlertSettings({ actor: admin })).toMatchObject({
    telegram: { source: "panel", fields: { chat_id: "@alerts" }, hasSecret: true },
    email: { source: "panel", hasSecret: true },
  });
  expect(JSON.stringify(await getAlertSettings({ actor: admin }))).not.toMatch(/nobody-may-see/);

  const moved = [
    saveTelegram({ actor: admin, input: telegram({ api_url: "https://thief.example", bot_token: "" }) }),
    saveEmail({ actor: admin, input: email({ host: "thief.example", smtp_password: "" }) }),
  ];
  await Promise.all(moved.map((move) => expect(move).rejects.toMatchObject({ code: "invalid" })));
  await saveEmail({ actor: admin, input: email({ user: "", smtp_password: "" }) });
  expect(await getAlertSettings({ actor: admin })).toMatchObject({ email: { hasSecret: false } });

  const trail = await db().select().from(auditLog).orderBy(auditLog.id);
  expect(JSON.stringify(trail)).not.toMatch(/nobody-may-see/);
  expect(trail.map(({ changes }) => changes)).toMatchObject([
    { bot_token: { from: null, to: "set" } },
    { smtp_password: { from: null, to: "set" } },
    { chat_id: { from: "-100200300", to: "@alerts" } },
    { smtp_password: { from: null, to: "cleared" } },
  ]);
});

test("an address that OUTBOUND_ALLOW no longer opens can be changed", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  setEnvironment({ OUTBOUND_ALLOW: "10.0.0.0/8" });
  const withoutToken = saveTelegram({ actor: admin, input: telegram({ api_url: "", bot_token: "" }) });
  await expect(withoutToken).rejects.toMatchObject({ errors: [{ path: "bot_token" }] });
  await saveTelegram({ actor: admin, input: telegram({ api_url: "" }) });
  expect((await getAlertSettings({ actor: admin })).telegram).toMatchObject({ fields: { api_url: "" } });
});

test("what the environment sets up is shown, tested and left alone by the panel", async () => {
  await saveTelegram({ actor: admin, input: telegram({ chat_id: "@panel" }) });
  setEnvironment({
    OUTBOUND_ALLOW: "127.0.0.1",
    TELEGRAM_BOT_TOKEN: "1:environment-token",
    TELEGRAM_CHAT_ID: "7",
  });
  const view = await getAlertSettings({ actor: admin });
  expect(view.telegram).toMatchObject({ source: "environment" });
  expect(JSON.stringify(view)).not.toContain("environment-token");
  await expect(saveTelegram({ actor: admin, input: telegram() })).rejects.toMatchObject({ code: "conflict" });
});

test("a channel that hangs holds up no message of the other", async () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => void held.push(socket.on("error", () => {})));
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const { port } = silent.address() as AddressInfo;
  await saveEmail({ actor: admin, input: email({ port }) });
  await saveTelegram({ actor: admin, input: telegram() });
  await addFailingWebhook();
  const checking = checkAlerts();
  await bot.waitFor(1);
  expect(smtp.mails).toHaveLength(0);
  for (const socket of held) socket.destroy();
  expect(await checking).toBe(1);
  silent.close();
});

test("what a channel did not take is shown with why and since when, until it takes something", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  await saveEmail({ actor: admin, input: email() });
  await addFailingWebhook();
  bot.always(answer(403, { body: { ok: false, description: "Forbidden: bot was kicked" } }));
  expect(await checkAlerts()).toBe(1);
  const view = await getAlertSettings({ actor: admin });
  expect(view).toMatchObject({ telegram: { fault: { refusal: { code: "alert_telegram_forbidden" } } } });
  expect(view.email.fault).toBeNull();
  expect(await checkAlerts()).toBe(0);
  expect((await getAlertSettings({ actor: admin })).telegram.fault?.since).toEqual(
    view.telegram.fault?.since,
  );
  bot.always(answer(200, { body: { ok: true } }));
  expect(await checkAlerts()).toBe(1);
  expect((await getAlertSettings({ actor: admin })).telegram.fault).toBeNull();
});

test("a secret whose key is gone stops its own channel only, and the start says so", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  await saveEmail({ actor: admin, input: email({ user: "", smtp_password: "" }) });
  setEnvironment({ OUTBOUND_ALLOW: "127.0.0.1", ENCRYPTION_KEY: randomBytes(32).toString("base64") });
  await expect(requireKeysOfAlertSecrets()).rejects.toThrow(/telegram[\s\S]*ENCRYPTION_KEY=<new>,<old>/);
  expect(await failureOf("telegram")).toMatch(/секрет не прочитать.*ENCRYPTION_KEY/);
});

test("secrets are put under a new key", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  const old = process.env.ENCRYPTION_KEY;
  const key = randomBytes(32).toString("base64");
  setEnvironment({ OUTBOUND_ALLOW: "127.0.0.1", ENCRYPTION_KEY: `${key},${old}` });
  expect(await reencryptAlertSecrets({ actor: admin })).toBe(1);
  expect(await reencryptAlertSecrets({ actor: admin })).toBe(0);
  setEnvironment({ OUTBOUND_ALLOW: "127.0.0.1", ENCRYPTION_KEY: key });
  await testAlertChannel({ actor: admin, name: "telegram" });
  expect(bot.requests[0]?.path).toContain(TOKEN);
});

test("nobody below admin sees, changes or tests anything of it", async () => {
  const manager = actorAs("manager");
  const tries = [
    getAlertSettings({ actor: manager }),
    saveTelegram({ actor: manager, input: telegram() }),
    saveEmail({ actor: manager, input: email() }),
    saveAlertRules({ actor: manager, input: DEFAULT_RULES }),
    testAlertChannel({ actor: manager, name: "email" }),
    reencryptAlertSecrets({ actor: manager }),
  ];
  await Promise.all(tries.map((one) => expect(one).rejects.toMatchObject({ code: "forbidden" })));
});

test("a test of Telegram says in words what is wrong", async () => {
  await saveTelegram({ actor: admin, input: telegram() });
  const says = async (status: number, description: string) => {
    bot.always(answer(status, { body: { ok: false, description } }));
    return failureOf("telegram");
  };
  expect(await says(401, "Unauthorized")).toContain("не знает такого бота");
  expect(await says(400, "Bad Request: chat not found")).toContain("не находит этот чат");
  expect(await says(403, "Forbidden: bot was blocked by the user")).toContain("bot was blocked by the user");
  expect(await says(429, `Too Many Requests ${TOKEN}`)).toMatch(/Too Many Requests \*\*\*/);
  bot.always(answer(502, { body: "<html>" }));
  expect(await failureOf("telegram")).toContain("Ответ (502) не похож на Bot API");
  setEnvironment({ OUTBOUND_ALLOW: "10.0.0.0/8" });
  expect(await failureOf("telegram")).toMatch(/внутрь сети.*OUTBOUND_ALLOW/);
  expect(bot.requests).toHaveLength(5);
});

test("a test of mail says in words what is wrong", async () => {
  await saveEmail({ actor: admin, input: email({ smtp_password: "wrong-password-nobody-may-see" }) });
  expect(await failureOf("email")).toMatch(/не принял имя и пароль.*no user with password \*\*\*/);
  await saveEmail({ actor: admin, input: email() });
  await testAlertChannel({ actor: admin, name: "email" });
  expect(smtp.mails).toHaveLength(1);
  const plain = Buffer.from(`\0${SMTP_USER.user}\0${SMTP_USER.password}`).toString("base64");
  smtp.refuse(`mailbox full ${plain}`);
  expect(await failureOf("email")).toContain("mailbox full ***");
  setEnvironment({ OUTBOUND_ALLOW: "10.0.0.0/8" });
  expect(await failureOf("email")).toMatch(/внутрь сети.*OUTBOUND_ALLOW/);
  setEnvironment({ OUTBOUND_ALLOW: "127.0.0.1" });
  for (const security of ["tls", "starttls"] as const) {
    await saveEmail({ actor: admin, input: email({ security }) });
    expect(await failureOf("email")).toContain("Защищённое соединение");
  }
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  await saveEmail({ actor: admin, input: email({ port }) });
  expect(await failureOf("email")).toContain("не принял соединение");
});

test.each([
  [TelegramInput, () => telegram({ bot_token: "token/../x" })],
  [TelegramInput, () => telegram({ chat_id: "чат" })],
  [TelegramInput, () => telegram({ api_url: "http://10.0.0.1" })],
  [EmailInput, () => email({ host: "smtp://mail.example" })],
  [EmailInput, () => email({ from: "hooks\r\nBcc: thief@example.com" })],
  [EmailInput, () => email({ to: "anna@example.com, nobody" })],
  [EmailInput, () => email({ port: 0 })],
])("%# is refused before it is saved", (schema, input) => {
  expect(schema.safeParse(input()).success).toBe(false);
});
