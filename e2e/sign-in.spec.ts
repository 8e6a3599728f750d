import { makeEvent } from "./support/orders";
import { submitSignIn } from "./support/panel";
import { ACCESS } from "./support/product";
import { callAction, signIn, signOut } from "./support/session";
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

test("signing out ends every copy of the session, and no other session", async ({ product }) => {
  const { url } = product;
  const [stolen, elsewhere] = [await signIn({ url }), await signIn({ url })];
  expect([await statusOf(url, stolen.cookie), await statusOf(url, elsewhere.cookie)]).toEqual([200, 200]);
  const out = await signOut({ url, cookie: stolen.cookie });
  expect(out.status).toBe(200);
  expect([await statusOf(url, stolen.cookie), await statusOf(url, elsewhere.cookie)]).toEqual([307, 200]);
  const action = { url, name: "createTokenAction", input: { name: "stolen", role: "admin" } };
  expect((await callAction({ ...action, cookie: stolen.cookie })).text).not.toMatch(/"ihw_/);
});

test("a browser in which a user signed in is known to the server from then on", async ({ product }) => {
  const { url } = product;
  const { setCookies } = await signIn({ url });
  const device = setCookies.find((cookie) => cookie.startsWith("known-device="));
  expect(device).toMatch(/; Max-Age=7776000; HttpOnly; SameSite=Lax$/);
  const refused = await signIn({ url, password: "guess" });
  expect(refused.setCookies.join()).not.toContain("known-device=");
});

async function statusOf(url: string, cookie: string): Promise<number> {
  const answer = await fetch(`${url}/webhooks`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}
