import { hotp } from "@/lib/auth/second-factor/totp";
import { createApi } from "./support/api";
import {
  addUser,
  addUserByForm,
  expectAccessible,
  signIn,
  signInByForm,
  submitSignIn,
  takeScreenshots,
} from "./support/panel";
import { callAction } from "./support/session";
import { expect, test } from "./support/test";

test("a user is added, raised, disabled and let in again, and the trail tells of it", async ({
  page,
  product,
  browser,
}) => {
  await page.goto(`${product.url}/sign-in`);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "sign-in" });
  await signInByForm({ page, product });
  const user = await addUserByForm({ page, product, role: "viewer" });
  await page.getByRole("button", { name: "Готово" }).click();
  const row = page.getByRole("row").filter({ hasText: user.email });
  await expect(row.getByText("Активен").locator("visible=true")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "settings-users" });

  const context = await browser.newContext({ locale: "ru-RU" });
  const own = await context.newPage();
  await signInByForm({ page: own, product, user });
  await own.goto(`${product.url}/settings/users`);
  await expect(own.getByText(user.email)).toHaveCount(0);

  await row.getByRole("combobox").click();
  await page.getByRole("option", { name: /Оператор/ }).click();
  await expect(page.getByText(/Роль изменена: viewer/)).toBeVisible();
  // A change of role ends the sessions before it.
  await own.goto(`${product.url}/logs`);
  await expect(own).toHaveURL(/sign-in/);
  await signInByForm({ page: own, product, user });

  const act = async (item: string) => {
    await row.getByRole("button", { name: /^Действия:/ }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await act("Отключить");
  await page.getByRole("alertdialog").getByRole("button", { name: "Отключить" }).click();
  await expect(row.getByText("Отключён").locator("visible=true")).toBeVisible();
  await own.goto(`${product.url}/logs`);
  await expect(own).toHaveURL(/sign-in/);
  await submitSignIn({ page: own, user });
  await expect(own.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await act("Включить");
  await expect(row.getByText("Активен").locator("visible=true")).toBeVisible();
  await signInByForm({ page: own, product, user });
  await context.close();

  await page.goto(`${product.url}/settings/audit`);
  const trail = page.getByRole("row").filter({ hasText: "Пользователь изменён" });
  await expect(trail.first()).toContainText("активен: нет → да");
  await expect(page.getByRole("row").filter({ hasText: "Пользователь создан" }).first()).toContainText(
    "роль: Наблюдатель",
  );
  await expectAccessible(page);
  await takeScreenshots({ page, name: "settings-audit" });
});

test("a token is shown once, may what its role may, and is refused once revoked", async ({
  page,
  product,
}) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/settings/tokens`);
  await page.getByRole("button", { name: "Создать токен" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Создать", exact: true }).click();
  await expect(dialog.getByRole("textbox", { name: "Название" })).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("textbox", { name: "Название" }).fill("Аналитика");
  await dialog.getByRole("button", { name: "Создать", exact: true }).click();
  await expect(page.getByText("больше он показан не будет")).toBeVisible();
  const token = await dialog.locator("code").innerText();
  await page.getByRole("button", { name: "Готово" }).click();

  const api = createApi({ url: product.url, token });
  expect((await api.get("/outgoing-webhooks")).status).toBe(200);
  expect(
    await api.post("/outgoing-webhooks", { name: "x", webhook_url: "https://crm.example" }),
  ).toMatchObject({ status: 403, body: { detail: expect.stringContaining("manager") } });
  await page.reload();
  expect(await page.content()).not.toContain(token);
  const row = page.getByRole("row").filter({ hasText: "Аналитика" });
  await expect(row.getByText("Наблюдатель").locator("visible=true")).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots({ page, name: "settings-tokens" });

  await row.getByRole("button", { name: "Отозвать" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Отозвать" }).click();
  await expect(page.getByText("Токен «Аналитика» отозван")).toBeVisible();
  expect((await api.get("/outgoing-webhooks")).status).toBe(401);
});

test("one's own password is changed, ends the other sessions and is asked for the next time", async ({
  page,
  product,
  browser,
}) => {
  await signIn({ page, product });
  const user = await addUser({ product, role: "operator" });
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale: "ru-RU" })));
  const [own, elsewhere] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!own || !elsewhere) throw new Error("No pages.");
  await signIn({ page: own, product, user });
  await signIn({ page: elsewhere, product, user });
  await own.goto(`${product.url}/settings/password`);
  const change = async (current: string, wanted: string, repeated: string) => {
    await own.locator('input[name="current"]').fill(current);
    await own.locator('input[name="new"]').fill(wanted);
    await own.locator('input[name="repeated"]').fill(repeated);
    await own.getByRole("button", { name: "Сменить пароль" }).click();
  };
  const wanted = "четыре слова вместо пароля";
  await change(user.password, wanted, `${wanted}!`);
  await expect(own.getByText("Пароли не совпадают.")).toBeVisible();
  await change("not the password", wanted, wanted);
  await expect(own.locator('input[name="current"]')).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(own);
  await takeScreenshots({ page: own, name: "settings-password" });
  await change(user.password, wanted, wanted);
  await expect(own.getByText("Пароль изменён")).toBeVisible();

  await elsewhere.goto(`${product.url}/logs`);
  await expect(elsewhere).toHaveURL(/sign-in/);
  await own.goto(`${product.url}/logs`);
  await expect(own).toHaveURL(/logs/);
  await own.getByRole("button", { name: /operator/ }).click();
  await own.getByRole("menuitem", { name: "Выйти" }).click();
  await expect(own).toHaveURL(/sign-in/);
  await signIn({ page: own, product, user: { ...user, password: wanted } });
  await Promise.all(contexts.map((context) => context.close()));
});

test("a password that an admin gave has to be changed before anything else works", async ({
  page,
  product,
  browser,
}) => {
  await signIn({ page, product });
  const user = await addUserByForm({ page, product, role: "operator" });
  await page.getByRole("button", { name: "Готово" }).click();
  const row = page.getByRole("row").filter({ hasText: user.email });
  await row.getByRole("button", { name: /^Действия:/ }).click();
  await page.getByRole("menuitem", { name: "Выдать новый пароль" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Выдать новый пароль" }).click();
  const given = await page.getByRole("dialog").locator("code").innerText();
  const context = await browser.newContext({ locale: "ru-RU" });
  const own = await context.newPage();
  await signIn({ page: own, product, user: { ...user, password: given } });
  for (const path of ["/webhooks", "/settings/sessions", "/logs"]) {
    await own.goto(`${product.url}${path}`);
    await expect(own).toHaveURL(/new-password/);
  }
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const input = { current_password: given };
  const refused = await callAction({ url: product.url, cookie, name: "startSecondFactorAction", input });
  expect(refused.text).not.toContain("otpauth:");
  expect((await fetch(`${product.url}/logs/newer`, { headers: { cookie } })).status).toBe(401);
  await expectAccessible(own);
  await takeScreenshots({ page: own, name: "new-password" });
  const wanted = "четыре слова вместо пароля";
  await own.locator('input[name="current"]').fill(given);
  await own.locator('input[name="new"]').fill(wanted);
  await own.locator('input[name="repeated"]').fill(wanted);
  await own.getByRole("button", { name: "Сменить пароль" }).click();
  await expect(own).toHaveURL(/webhooks/);
  await context.close();
});

test("two-step sign-in is turned on, asked for, and reset by an admin", async ({
  page,
  product,
  browser,
}) => {
  await signIn({ page, product });
  const user = await addUser({ product, role: "viewer" });
  const context = await browser.newContext({ locale: "ru-RU" });
  const own = await context.newPage();
  await signIn({ page: own, product, user });
  await own.goto(`${product.url}/settings/second-factor`);
  await takeScreenshots({ page: own, name: "settings-second-factor-off" });
  await own.locator('input[name="current"]').fill(user.password);
  await own.getByRole("button", { name: "Включить" }).click();
  const secret = await own.locator("code").innerText();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await expect(own.getByRole("link", { name: /Открыть в приложении/ })).toHaveAttribute("href", /^otpauth:/);
  await own.locator('input[name="code"]').fill("000000");
  await own.getByRole("button", { name: "Подтвердить" }).click();
  await expect(own.locator('input[name="code"]')).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(own);
  await takeScreenshots({ page: own, name: "settings-second-factor-setup" });
  await own.locator('input[name="code"]').fill(hotp({ secret, counter: Math.floor(Date.now() / 30_000) }));
  await own.getByRole("button", { name: "Подтвердить" }).click();
  await expect(own.getByRole("heading", { name: "Резервные коды" })).toBeVisible();
  const codes = (await own.locator("code").innerText()).split(/\s+/);
  expect(codes).toHaveLength(10);
  await takeScreenshots({ page: own, name: "settings-second-factor-codes" });
  await own.getByRole("button", { name: /Я сохранил/ }).click();
  await expect(own.getByText("Включён", { exact: true })).toBeVisible();

  const second = await browser.newContext({ locale: "ru-RU" });
  const elsewhere = await second.newPage();
  await elsewhere.goto(`${product.url}/sign-in`);
  await submitSignIn({ page: elsewhere, user });
  const code = elsewhere.getByRole("textbox", { name: "Код подтверждения" });
  await code.fill("000000");
  await elsewhere.locator('button[type="submit"]').click();
  await expect(elsewhere.getByText("Код неверен или уже использован.")).toBeVisible();
  await expectAccessible(elsewhere);
  await takeScreenshots({ page: elsewhere, name: "sign-in-code" });
  await code.fill(codes[0] ?? "");
  await elsewhere.locator('button[type="submit"]').click();
  await expect(elsewhere).not.toHaveURL(/sign-in/);

  await elsewhere.goto(`${product.url}/settings/sessions`);
  await expect(elsewhere.getByText("этот сеанс")).toBeVisible();
  await expectAccessible(elsewhere);
  await takeScreenshots({ page: elsewhere, name: "settings-sessions" });
  await elsewhere.getByRole("button", { name: "Завершить все остальные" }).click();
  await expect(elsewhere.getByText("Готово: входить придётся заново")).toBeVisible();
  await own.goto(`${product.url}/logs`);
  await expect(own).toHaveURL(/sign-in/);

  await page.goto(`${product.url}/settings/users`);
  const row = page.getByRole("row").filter({ hasText: user.email });
  await row.getByRole("button", { name: /^Действия:/ }).click();
  await page.getByRole("menuitem", { name: "Сбросить двухэтапный вход" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Сбросить двухэтапный вход" }).click();
  await expect(page.getByText(/двухэтапный вход сброшен/)).toBeVisible();
  await signIn({ page: own, product, user });
  await context.close();
  await second.close();
});
