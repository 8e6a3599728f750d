import { makeEvent } from "./support/orders";
import { expectAccessible, signIn, takeScreenshots, WIDTHS } from "./support/panel";
import { expect, test, type Webhook } from "./support/test";

test("errors stand at their fields in plain words, the first takes the focus, nothing typed is lost", async ({
  page,
  product,
  api,
}) => {
  test.slow();
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Описание").fill("что-то важное");
  await page.getByLabel("Количество попыток").fill("11");
  await page.getByLabel("Таймаут запроса, с").fill("2,5");
  await page.getByRole("radio", { name: "Bearer Token" }).click();
  await page.getByRole("button", { name: "✅ Сохранить" }).click();

  await expect(page.getByLabel("Название")).toBeFocused();
  await expect(page.getByLabel("Название")).toHaveAccessibleDescription(/Введите название/);
  await expect(page.getByLabel("URL Вебхука")).toHaveAccessibleDescription(/Введите адрес/);
  await expect(page.getByLabel("Token", { exact: true })).toHaveAccessibleDescription(/нужен токен/);
  await expect(page.getByLabel("Количество попыток")).toHaveAccessibleDescription(/от 0 до 10\.$/);
  await expect(page.getByLabel("Таймаут запроса, с")).toHaveAccessibleDescription(/от 5 до 300\.$/);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook-form-errors" });

  // What only the server can judge comes back to its field, and the form is as it was.
  await page.getByLabel("Название").fill("Внутренний");
  await page.getByLabel("URL Вебхука").fill("https://10.1.2.3/hook");
  await expect(page.getByText("OUTBOUND_ALLOW").first()).toBeVisible();
  await page.getByLabel("Token", { exact: true }).fill("abc");
  await page.getByLabel("Количество попыток").fill("0");
  await page.getByLabel("Таймаут запроса, с").fill("5");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByLabel("URL Вебхука")).toBeFocused();
  await expect(page.getByLabel("URL Вебхука")).toHaveAccessibleDescription(/10\.1\.2\.3/);
  await expect(page.getByLabel("Описание")).toHaveValue("что-то важное");
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue("abc");
  expect((await api.get("/outgoing-webhooks")).body).toEqual([]);

  await page.getByLabel("URL Вебхука").fill("http://example.com/hook");
  await expect(page.getByText("http:// передаёт данные клиентов")).toBeVisible();
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "Внутренний" })).toBeVisible();
});

test("boxes and the raw JSON array stay in step both ways, and the last 100 events are counted", async ({
  page,
  product,
  api,
  send,
}) => {
  await send([
    ...Array.from({ length: 3 }, () => makeEvent({ order: { order_type: "PICKUP" } })),
    ...Array.from({ length: 2 }, () => makeEvent({ name: "order.cancelled" })),
    ...Array.from({ length: 4 }, () => makeEvent()),
  ]);
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  const json = page.getByLabel("По типу заказа: JSON массив");
  const delivery = page.getByRole("checkbox", { name: "DELIVERY" });
  const counted = page.getByText(/Из последних \d+ событий заказов эта настройка отправила бы/);
  await expect(counted).toBeVisible();
  const before = await counted.innerText();

  await delivery.click();
  await expect(json).toHaveValue('["DELIVERY"]');
  await json.fill('["DELIVERY", "PICK');
  await expect(page.getByText("Нужен JSON массив строк")).toBeVisible();
  await expect(delivery).toBeChecked();
  await json.fill('["PICKUP"]');
  await expect(page.getByText("Нужен JSON массив строк")).toHaveCount(0);
  await expect(delivery).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: "PICKUP" })).toBeChecked();
  await expect(counted).not.toHaveText(before);
  await expect(page.getByText(/тип заказа не входит в фильтр: \d/)).toBeVisible();
  await json.fill('["TAXI"]');
  await expect(json).toHaveAccessibleDescription(/DELIVERY, PICKUP, DINE_IN/);
  await page.getByRole("checkbox", { name: "TAXI" }).click();
  await expect(json).toHaveValue("");

  // The guide's way to give organizations: paste the array into the tags.
  await page.getByLabel("По Organization ID", { exact: true }).fill("550e8400-e29b-41d4-a716-446655440000");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("По Organization ID: JSON массив")).toHaveValue(
    '["550e8400-e29b-41d4-a716-446655440000"]',
  );
  await page.getByLabel("Название").fill("Фильтры");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await page.getByLabel("По статусу: JSON массив").fill('["CookingStarted", "OnWay"]');
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "Фильтры" })).toBeVisible();
  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(webhook).toMatchObject({
    filter_organization_ids: ["550e8400-e29b-41d4-a716-446655440000"],
    filter_order_types: null,
    filter_statuses: ["CookingStarted", "OnWay"],
  });
});

test("the template editor inserts at the cursor, says what is wrong as one types, and previews", async ({
  page,
  product,
  api,
}) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByRole("radio", { name: "Пользовательский", exact: true }).click();
  await page.getByRole("radio", { name: "Свой шаблон" }).click();
  const template = page.getByLabel("Шаблон JSON");
  const body = page.getByRole("region", { name: "Тело запроса" });
  await template.fill('{"сумма": }');
  await expect(page.getByText("Исправьте шаблон, и здесь появится результат.")).toBeVisible();
  await expect(template).toHaveAccessibleDescription(/Это не JSON: ошибка в строке 1/);
  await template.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(10, 10));
  await page.getByRole("button", { name: "order.total_amount", exact: true }).click();
  await expect(template).toHaveValue('{"сумма": "{{order.total_amount}}"}');
  await expect(template).toBeFocused();
  await expect(body).toHaveText(/"сумма": 152050/);

  await template.fill('{"текст": "Заказ {{order.statsu}}"}');
  await expect(template).toHaveAccessibleDescription(/order\.status/);
  await template.fill('{"текст": "Заказ {{order.readable_number}}"}');
  await expect(body).toHaveText(/"текст": "Заказ 515"/);
  await expectAccessible(page);
  await takeScreenshots({ page, name: "webhook-form-template" });
  await page.getByLabel("Название").fill("Шаблон");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "Шаблон" })).toBeVisible();
  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(webhook?.custom_payload_template).toBe('{"текст": "Заказ {{order.readable_number}}"}');
});

test("one order is shown in all four formats, with who reads each", async ({ page, product }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByRole("button", { name: "Сравнить форматы" }).click();
  const dialog = page.getByRole("dialog");
  const shown: [string, string, string][] = [
    ["iiko SOI API", "Читает iiko-base", '"type": "UPDATE"'],
    ["iiko Cloud API", "Библиотеки iiko Cloud его не читают", '"eventInfo"'],
    ["iiko Cloud API, как шлёт iiko", "Читают библиотеки вебхуков iiko Cloud", '"orderServiceType"'],
    ["Пользовательский", "Читает любая система", '"total_amount"'],
  ];
  for (const [name, reader, part] of shown) {
    const format = dialog.getByRole("region", { name, exact: true });
    await expect(format.getByText(reader)).toBeVisible();
    await expect(format.getByRole("region")).toContainText(part);
  }
  await expectAccessible(page);
  await page.setViewportSize(WIDTHS.phone);
  await dialog.getByRole("tab", { name: "Пользовательский" }).click();
  await expect(dialog.getByRole("tabpanel")).toContainText('"total_amount"');
  await expectAccessible(page);
});

test("further headers go along with a bearer token", async ({ page, product, receiver, send }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").fill("С заголовком");
  await page.getByLabel("URL Вебхука").fill(`${receiver.url}/hook`);
  await page.getByRole("radio", { name: "Bearer Token" }).click();
  await page.getByLabel("Token", { exact: true }).fill("token-1");
  await expect(page.getByLabel("Custom Headers")).toBeHidden();
  await page.getByText("Дополнительные заголовки").click();
  await page.getByLabel("Имя заголовка 1").fill("X-Shop");
  await page.getByLabel("Значение заголовка 1").fill("7");
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "С заголовком" })).toBeVisible();
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(request?.headers).toMatchObject({ authorization: "Bearer token-1", "x-shop": "7" });
});

test("an edit keeps secrets that are set, replaces what is typed, and never shows one", async ({
  page,
  product,
  addWebhook,
  send,
  receiver,
  api,
}) => {
  const webhook = await addWebhook({
    name: "CRM Sync",
    auth_type: "custom",
    custom_headers: { "X-API-Key": "very-secret", "X-Shop": "first" },
  });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/${webhook.id}/edit`);
  await expect(page.getByLabel("Custom Headers")).toHaveValue(/"X-API-Key": "\*\*\*"/);
  expect(await page.content()).not.toContain("very-secret");
  await page.getByLabel("Значение заголовка 2").fill("second");
  await expect(page.getByLabel("Custom Headers")).toHaveValue(/"X-Shop": "second"/);
  await page.getByLabel("Описание").fill("Новое описание");

  const secret = page.getByLabel("Секрет подписи");
  await page.getByRole("button", { name: "Создать" }).click();
  await expect(secret).toHaveValue(/^whsec_/);
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("heading", { name: "CRM Sync" })).toBeVisible();
  await expect(page.getByText("Новое описание")).toBeVisible();
  await send(makeEvent());
  const [request] = await receiver.waitFor(1);
  expect(request?.headers).toMatchObject({ "x-api-key": "very-secret", "x-shop": "second" });
  expect(request?.headers["webhook-signature"]).toMatch(/^v1,/);

  await page.goto(`${product.url}/webhooks/${webhook.id}/edit`);
  await expect(secret).toHaveValue("");
  await expect(secret).toHaveAttribute("placeholder", "Задан и скрыт");
  await page.getByRole("button", { name: "Сменить" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Сменить" }).click();
  await expect(page.getByRole("dialog").locator("code")).toHaveText(/^whsec_/);
  await page.getByRole("dialog").getByRole("button", { name: "Готово" }).click();

  await page.getByRole("radio", { name: "Без авторизации" }).click();
  // They go along with every kind of authorisation.
  await expect(page.getByLabel("Custom Headers")).toHaveValue(/"X-API-Key": "\*\*\*"/);
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("heading", { name: "CRM Sync" })).toBeVisible();
  const at = `/outgoing-webhooks/${webhook.id}`;
  expect((await api.get(at)).body).toMatchObject({ description: "Новое описание", auth_type: "none" });
  await send(makeEvent());
  const [, second] = await receiver.waitFor(2);
  expect(second?.headers).toMatchObject({ "x-api-key": "very-secret", "x-shop": "second" });

  await api.patch(at, { auth_type: "bearer", auth_token: "unused-token" });
  await page.goto(`${product.url}/webhooks/${webhook.id}/edit`);
  await page.getByRole("radio", { name: "Без авторизации" }).click();
  await page
    .getByText("Сохранено, но не используется: Token.")
    .getByRole("button", { name: "Убрать" })
    .click();
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("heading", { name: "CRM Sync" })).toBeVisible();
  expect((await api.get(at)).body).toMatchObject({ auth_type: "none", auth_token: null });
});

test("what is typed is not lost to a stray click", async ({ page, product }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks`);
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").fill("Почти готов");
  await page.getByRole("link", { name: "Логи Отправок" }).first().click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("Уйти без сохранения?")).toBeVisible();
  await dialog.getByRole("button", { name: "Отмена" }).click();
  await expect(page.getByLabel("Название")).toHaveValue("Почти готов");
  await page.getByRole("link", { name: "Логи Отправок" }).first().click();
  await dialog.getByRole("button", { name: "Уйти" }).click();
  await expect(page).toHaveURL(/\/logs/);
});

test("the form is filled in and saved with the keyboard alone", async ({ page, product, api }) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new`);
  const tabTo = async (name: string | RegExp, role: "textbox" | "radio" | "checkbox" | "button") => {
    const target = page.getByRole(role, { name, exact: typeof name === "string" });
    for (let presses = 0; presses < 80; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`${name} was not reached by Tab.`);
  };
  // The group looks at the key again when the focus has moved, which takes a busy browser a while.
  const nextRadio = async (name: string | RegExp) => {
    await page.keyboard.down("ArrowRight");
    await expect(page.getByRole("radio", { name, exact: typeof name === "string" })).toBeChecked();
    await page.keyboard.up("ArrowRight");
  };
  await tabTo("Название", "textbox");
  await page.keyboard.type("С клавиатуры");
  await tabTo("URL Вебхука", "textbox");
  await page.keyboard.type("https://example.com/hook");
  await tabTo("iiko SOI API", "radio");
  await nextRadio("iiko Cloud API");
  await tabTo("Без авторизации", "radio");
  await nextRadio(/^Bearer/);
  await tabTo("Token", "textbox");
  await page.keyboard.type("abc");
  await tabTo("При отмене заказа", "checkbox");
  await page.keyboard.press("Space");
  await tabTo(/PICKUP/, "checkbox");
  await page.keyboard.press("Space");
  await tabTo("Количество попыток", "textbox");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article", { name: "С клавиатуры" })).toBeVisible();
  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(webhook).toMatchObject({
    payload_format: "iiko_cloud",
    auth_type: "bearer",
    send_on_order_cancelled: true,
    filter_order_types: ["PICKUP"],
    retry_count: 0,
  });
});

test("the order of events and an outage are settings of step 6, and the starters suggest what suits them", async ({
  page,
  product,
  api,
}) => {
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/new?from=senler`);
  await expect(page.getByLabel("Ждать получателя, минут")).toHaveValue("30");
  await page.goto(`${product.url}/webhooks/new?from=crm`);
  await expect(page.getByLabel("Ждать получателя, минут")).toHaveValue("1440");
  await page.goto(`${product.url}/webhooks/new`);
  const minutes = page.getByLabel("Ждать получателя, минут");
  await expect(minutes).toHaveValue("0");
  await expect(
    page.getByText("Для CRM и аналитики советуем 1440 (сутки), для кухни и чатов 30"),
  ).toBeVisible();
  await page.getByLabel("Название").fill("Чат кухни");
  await page.getByLabel("URL Вебхука").fill("https://example.com/hook");
  await minutes.fill("10081");
  await page.getByRole("checkbox", { name: "Сохранять порядок" }).click();
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(minutes).toHaveAccessibleDescription(/от 0 до 10080\.$/);
  await minutes.fill("45");
  // While it is being counted the line is dimmed.
  const counted = page.getByText(/Событий заказов ещё не было|Из последних \d+ событий/).locator("..");
  await expect(counted).not.toHaveClass(/opacity-/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "✅ Сохранить" }).click();
  await expect(page.getByRole("article", { name: "Чат кухни" })).toBeVisible();
  const [webhook] = (await api.get("/outgoing-webhooks")).body as Webhook[];
  expect(webhook).toMatchObject({ ordered: false, give_up_after_minutes: 45 });
  await page.goto(`${product.url}/webhooks/${webhook?.id}`);
  await expect(page.getByText("45", { exact: true })).toBeVisible();
});

test("an address on another server asks for the stored secret again", async ({
  page,
  product,
  addWebhook,
  api,
}) => {
  const webhook = await addWebhook({
    webhook_url: "https://example.com/hook",
    auth_type: "bearer",
    auth_token: "t-1",
    auth_password: "unused",
  });
  await signIn({ page, product });
  await page.goto(`${product.url}/webhooks/${webhook.id}/edit`);
  const url = page.getByLabel("URL Вебхука");
  const token = page.getByLabel("Token", { exact: true });
  const save = page.getByRole("button", { name: "✅ Сохранить" });
  await url.fill("https://example.org/hook");
  await expect(page.getByText("Адрес теперь ведёт на другой сервер")).toBeVisible();
  await expect(page.getByText("При сохранении будет убрано")).toBeVisible();
  await save.click();
  await expect(token).toBeFocused();
  await expect(token).toHaveAccessibleDescription(/введите этот секрет заново/);
  await token.fill("Bearer t-2");
  await expect(token).toHaveAccessibleDescription(/Уберите слово Bearer/);
  await token.fill(" t-2 ");
  await save.click();
  await expect(page.getByRole("heading", { name: String(webhook.name) })).toBeVisible();
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({
    webhook_url: "https://example.org/hook",
    auth_token: "***",
    auth_password: null,
  });
});
