import { makeEvent } from "./support/orders";
import { submitSignIn } from "./support/panel";
import { ACCESS } from "./support/product";
import { expect, test } from "./support/test";

test("signs in and finds the webhooks and the last attempts", async ({
  page,
  product,
  addWebhook,
  send,
  attemptsOf,
}) => {
  const webhook = await addWebhook({ name: "Senler VK Notifications" });
  const event = makeEvent();
  await send(event);
  await attemptsOf(webhook, 1);
  await page.goto(product.url);
  await expect(page).toHaveURL(/sign-in/);
  await submitSignIn({ page, user: { email: ACCESS.adminEmail, password: "wrong password" } });
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await submitSignIn({ page });
  await expect(page).not.toHaveURL(/sign-in/);
  await expect(page.getByText("Senler VK Notifications").first()).toBeVisible();
  await expect(page.getByText(String(event.data.order.external_order_id)).first()).toBeVisible();
});

test("pages ask for a sign-in; health does not", async ({ page, product }) => {
  for (const path of ["/", "/webhooks", "/logs"]) {
    await page.goto(`${product.url}${path}`);
    await expect(page).toHaveURL(/sign-in/);
  }
  expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
});
