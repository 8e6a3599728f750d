import { randomUUID } from "node:crypto";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { ACCESS, type Product } from "./product";
import { callAction, signIn as openSession } from "./session";

export type PanelUser = { email: string; password: string };

const ADMIN: PanelUser = { email: ACCESS.adminEmail, password: ACCESS.adminPassword };

// What a page threw, also where React had to draw anew what the server had sent.
const thrown = new WeakMap<Page, string[]>();

type SigningIn = { page: Page; product: Product; user?: PanelUser };

/** Gives the browser of `page` a new session, an admin's unless told otherwise; no page is opened. */
export async function signIn({ page, product, user = ADMIN }: SigningIn): Promise<void> {
  prepare(page);
  const { cookie, setCookies } = await openSession({ url: product.url, ...user });
  expect(cookie, `${user.email} is let in`).not.toBe("");
  await page.context().addCookies(
    setCookies.map((set) => {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      return { name, value, url: product.url, httpOnly: true };
    }),
  );
}

/** The same through the sign-in page, which leads on to the panel. */
export async function signInByForm({ page, product, user = ADMIN }: SigningIn): Promise<void> {
  prepare(page);
  const shown = await page.goto(`${product.url}/sign-in`);
  // Otherwise the browser alone would draw it, and every page after it.
  expect(shown?.status(), "the server renders the page itself").toBe(200);
  await submitSignIn({ page, user });
  await expect(page).not.toHaveURL(/sign-in/);
}

/** From now on what the page throws is kept, and where it goes it waits until it can be used. */
function prepare(page: Page): void {
  const errors: string[] = [];
  const isPrepared = thrown.has(page);
  thrown.set(page, errors);
  if (isPrepared) return;
  page.on("pageerror", (error) => thrown.get(page)?.push(`${page.url()}: ${error.message}`));
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...given) => thenInteractive(page, await goto(...given));
  page.reload = async (...given) => thenInteractive(page, await reload(...given));
}

// A click before React has taken over what the server drew is lost on a slow machine. React's own mark on each
// element tells.
async function thenInteractive<Answer>(page: Page, answer: Answer): Promise<Answer> {
  const isInteractive = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("body :is(button, input, select, textarea)")].every((element) =>
        Object.keys(element).some((key) => key.startsWith("__reactProps$")),
      ),
    );
  await expect.poll(isInteractive, { message: `${page.url()} can be used`, timeout: 30_000 }).toBe(true);
  return answer;
}

/** Fills in and sends the sign-in form that `page` shows, whatever comes of it. */
export async function submitSignIn({ page, user = ADMIN }: { page: Page; user?: PanelUser }): Promise<void> {
  await page.locator('input[type="email"]').fill(user.email);
  await page.locator('input[type="password"]').fill(user.password);
  await page.locator('button[type="submit"]').click();
}

const ROLE_NAMES = { viewer: /Наблюдатель/, operator: /Оператор/, manager: /Менеджер/ };

/** Adds a user of a role as the panel's form does, without a page. */
export async function addUser({
  product,
  role,
}: {
  product: Product;
  role: keyof typeof ROLE_NAMES;
}): Promise<PanelUser> {
  const { cookie } = await openSession({ url: product.url });
  const email = emailOf(role);
  const input = { email, name: role, role };
  const { text } = await callAction({ url: product.url, cookie, name: "createUserAction", input });
  const [, password = ""] = /"password":"([^"]+)"/.exec(text) ?? [];
  expect(password, text).not.toBe("");
  return { email, password };
}

/** The same through the panel; `page` belongs to a signed-in admin. */
export async function addUserByForm({
  page,
  product,
  role,
}: {
  page: Page;
  product: Product;
  role: keyof typeof ROLE_NAMES;
}): Promise<PanelUser> {
  const email = emailOf(role);
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

function emailOf(role: string): string {
  return `${role}-${randomUUID()}@example.com`;
}

/** Insists that axe finds nothing serious on the page as it stands, and that no page threw an error until now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(thrown.get(page) ?? []).toEqual([]);
  expect(await seriousFaults(page), `axe on ${page.url()}`).toEqual([]);
}

/** What axe finds serious or critical on the page as it stands; by `rules` only, where some are given. */
export async function seriousFaults(page: Page, rules: string[] = []): Promise<string[]> {
  // What fades in or out has a poor contrast meanwhile.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== "running" || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  // Its newer mode, for frames of other origins, opens a second page for every look.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}

/** The screens of a computer and of a phone. */
export const WIDTHS = { desktop: { width: 1360, height: 850 }, phone: { width: 390, height: 844 } };

// `npm test` takes none: nobody looks at them there, and they cost a fifth of its time.
const SCHEMES = process.env.E2E_PICTURES === "none" ? [] : (["light", "dark"] as const);

/**
 * Insists that the page is not wider than the screen of a computer or a phone, and keeps it as a customer sees it, in
 * both themes and widths, below test-results/screenshots.
 */
export async function takeScreenshots({ page, name }: { page: Page; name: string }): Promise<void> {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    // What sticks to the screen belongs to the page's top.
    await page.evaluate(() => scrollTo(0, 0));
    await drawn(page);
    await expectNoSidewaysScroll(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      const file = path.join("test-results", "screenshots", `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
    }
  }
  await page.setViewportSize(WIDTHS.desktop);
  await page.emulateMedia({ colorScheme: "light" });
}

// Charts and menus take one frame to follow a new width.
async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Insists that the page is not wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // A chart takes its new width a moment after the window has.
  const message = `${page.url()} is wider than the screen of ${page.viewportSize()?.width} px`;
  await expect.poll(() => sidewaysOverflow(page), { message }).toBeLessThanOrEqual(0);
}

/** By how many pixels the page as it stands is wider than the screen. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
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
