import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { ACCESS, type Product } from "./product";

export type PanelUser = { email: string; password: string };

const ADMIN: PanelUser = { email: ACCESS.adminEmail, password: ACCESS.adminPassword };

// What a page threw, also where React had to draw anew what the server had sent.
const thrown = new WeakMap<Page, string[]>();

/** Signs in through the page, as an admin unless told otherwise. */
export async function signIn({
  page,
  product,
  user = ADMIN,
}: {
  page: Page;
  product: Product;
  user?: PanelUser;
}): Promise<void> {
  const errors: string[] = [];
  thrown.set(page, errors);
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  const shown = await page.goto(`${product.url}/sign-in`);
  // Otherwise the browser alone would draw it, and every page after it.
  expect(shown?.status(), "the server renders the page itself").toBe(200);
  await submitSignIn({ page, user });
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Fills in and sends the sign-in form that `page` shows, whatever comes of it. */
export async function submitSignIn({ page, user = ADMIN }: { page: Page; user?: PanelUser }): Promise<void> {
  await page.locator('input[type="email"]').fill(user.email);
  await page.locator('input[type="password"]').fill(user.password);
  await page.locator('button[type="submit"]').click();
}

const ROLE_NAMES = { viewer: /Наблюдатель/, operator: /Оператор/, manager: /Менеджер/ };

/** Adds a user of a role through the panel; `page` belongs to a signed-in admin. */
export async function addUser({
  page,
  product,
  role,
}: {
  page: Page;
  product: Product;
  role: keyof typeof ROLE_NAMES;
}): Promise<PanelUser> {
  const email = `${role}-${Date.now().toString(36)}@example.com`;
  await page.goto(`${product.url}/settings/users`);
  await page.getByRole("button", { name: "Добавить пользователя" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.locator('input[name="name"]').fill(role);
  await dialog.locator('input[name="email"]').fill(email);
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: ROLE_NAMES[role] }).click();
  await dialog.getByRole("button", { name: "Создать" }).click();
  const password = await page.getByRole("dialog").locator("code").innerText();
  return { email, password };
}

/** Insists that axe finds nothing serious on the page as it stands, and that no page threw an error until now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(thrown.get(page) ?? []).toEqual([]);
  // What fades in or out has a poor contrast meanwhile.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

const WIDTHS = { desktop: { width: 1360, height: 850 }, phone: { width: 390, height: 844 } };

/** Keeps the page as a customer sees it, in both themes and widths, below test-results/screenshots. */
export async function takeScreenshots({ page, name }: { page: Page; name: string }): Promise<void> {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    // What sticks to the screen belongs to the page's top.
    await page.evaluate(() => scrollTo(0, 0));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // Charts and menus take one frame to follow a new width.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      await expectNoSidewaysScroll(page);
      const file = path.join("test-results", "screenshots", `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
    }
  }
  await page.setViewportSize(WIDTHS.desktop);
  await page.emulateMedia({ colorScheme: "light" });
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** The panel in another language, from the next page on. */
export async function speak({
  page,
  product,
  locale,
}: {
  page: Page;
  product: Product;
  locale: "ru" | "en";
}) {
  await page.context().addCookies([{ name: "locale", value: locale, url: product.url }]);
}
