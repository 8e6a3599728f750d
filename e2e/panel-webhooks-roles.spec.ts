import type { Browser, BrowserContext, Page, Request } from "@playwright/test";
import { addUser, signIn } from "./support/panel";
import { expect, test } from "./support/test";

test("each role sees the buttons that it may press, and by address no more", async ({
  page,
  product,
  browser,
  addWebhook,
}) => {
  test.slow();
  const webhook = await addWebhook({ name: "CRM Sync" });
  await signIn({ page, product });
  const buttons = (of: Page) => ({
    test: of.getByRole("button", { name: /🧪/ }),
    toggle: of.getByRole("button", { name: /⏸/ }),
    edit: of.getByRole("link", { name: /✏️/ }),
    remove: of.getByRole("button", { name: /🗑️/ }),
    add: of.getByRole("link", { name: /➕/ }),
  });
  const shown = {
    viewer: { test: 0, toggle: 0, edit: 0, remove: 0, add: 0 },
    operator: { test: 1, toggle: 0, edit: 0, remove: 0, add: 0 },
    manager: { test: 1, toggle: 1, edit: 1, remove: 1, add: 1 },
  };
  for (const role of ["viewer", "operator", "manager"] as const) {
    const user = await addUser({ product, role });
    const { page: own, context } = await newPage(browser);
    await signIn({ page: own, product, user });
    await own.goto(`${product.url}/webhooks`);
    await expect(own.getByRole("article", { name: "CRM Sync" })).toBeVisible();
    for (const [name, button] of Object.entries(buttons(own))) {
      await expect(button, `${name} for ${role}`).toHaveCount(shown[role][name as keyof typeof shown.viewer]);
    }
    for (const path of ["/webhooks/new", `/webhooks/${webhook.id}/edit`]) {
      await own.goto(`${product.url}${path}`);
      const isAllowed = role === "manager";
      await expect(own.getByRole("heading", { name: "Недостаточно прав" })).toHaveCount(isAllowed ? 0 : 1);
      await expect(own.getByLabel("URL Вебхука")).toHaveCount(isAllowed ? 1 : 0);
    }
    await context.close();
  }
});

test("an action called directly refuses whoever may not", async ({
  page,
  product,
  browser,
  api,
  addWebhook,
  receiver,
}) => {
  const webhook = await addWebhook({ name: "CRM Sync" });
  await signIn({ page, product });
  const viewer = await addUser({ product, role: "viewer" });
  await page.goto(`${product.url}/webhooks`);

  const calls: Record<string, Request> = {};
  const record = async (name: string, press: () => Promise<void>) => {
    const asked = page.waitForRequest((request) => Boolean(request.headers()["next-action"]));
    await press();
    calls[name] = await asked;
  };
  await record("test", () => page.getByRole("button", { name: /🧪/ }).click());
  await expect(page.getByText("✅ Успех")).toBeVisible();
  await page.getByRole("button", { name: "Закрыть" }).last().click();
  await record("switch off", () => page.getByRole("button", { name: /⏸/ }).click());
  await record("switch on", () => page.getByRole("button", { name: /▶️/ }).click());
  await expect(page.getByRole("button", { name: /⏸/ })).toBeVisible();
  await page.goto(`${product.url}/webhooks/new`);
  await page.getByLabel("Название").fill("Second");
  await page.getByLabel("URL Вебхука").fill(`${receiver.url}/second`);
  await expect(page.getByText("http:// передаёт данные")).toBeVisible();
  await expect(page.getByText(/Событий заказов|Из последних/)).toBeVisible();
  await record("create", () => page.getByRole("button", { name: "✅ Сохранить" }).click());
  await expect(page.getByRole("article", { name: "Second" })).toBeVisible();
  await page.getByRole("button", { name: "🗑️ Удалить: Second" }).click();
  await record("remove", () => page.getByRole("button", { name: "Удалить вебхук и логи" }).click());
  await expect(page.getByRole("article", { name: "Second" })).toHaveCount(0);

  const { page: own, context } = await newPage(browser);
  await signIn({ page: own, product, user: viewer });
  const before = (await api.get("/outgoing-webhooks")).body;
  const sent = receiver.requests.length;
  for (const [name, call] of Object.entries(calls)) {
    const answer = await context.request.post(call.url(), {
      headers: {
        "next-action": call.headers()["next-action"] ?? "",
        "content-type": call.headers()["content-type"] ?? "text/plain;charset=UTF-8",
        accept: "text/x-component",
        origin: product.url,
      },
      data: call.postDataBuffer() ?? "",
    });
    expect(await answer.text(), name).toMatch(/Для этого нужна роль (operator|manager)/);
  }
  await context.close();
  expect((await api.get("/outgoing-webhooks")).body).toEqual(before);
  expect(receiver.requests).toHaveLength(sent);

  const nobody = await browser.newContext();
  const call = calls["switch off"];
  await nobody.request.post(call?.url() ?? "", {
    headers: { "next-action": call?.headers()["next-action"] ?? "", origin: product.url },
    data: call?.postDataBuffer() ?? "",
  });
  await nobody.close();
  expect((await api.get(`/outgoing-webhooks/${webhook.id}`)).body).toMatchObject({ is_active: true });
});

async function newPage(browser: Browser): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: "ru-RU" });
  return { page: await context.newPage(), context };
}
