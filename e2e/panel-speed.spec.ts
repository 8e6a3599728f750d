import type { Browser, Page } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { figure, IS_SOAK } from "./support/figures";
import { makeEvent } from "./support/orders";
import { signIn } from "./support/panel";
import type { Product } from "./support/product";
import { expect, test } from "./support/test";

const RUNS = 5;
const SLOW_DOWN = 4;
const WEBHOOKS = 40;
const QUIET_MS = 2_000;

type Loading = { hydrated: number; painted: number; tasks: { end: number; over: number }[] };

test(`the list of ${WEBHOOKS} webhooks on a computer ${SLOW_DOWN} times as slow: when it can be used`, async ({
  page,
  product,
  addWebhook,
  receiver,
  send,
  attemptsOf,
}) => {
  test.skip(!IS_SOAK, "It only measures.");
  test.setTimeout(300_000);
  receiver.always((response, request) =>
    (request.path === "/fails" ? answer(500) : answer(200))(response, request),
  );
  const webhooks = [];
  for (let index = 0; index < WEBHOOKS; index += 1) {
    const path = index % 8 === 0 ? "/fails" : "/works";
    const webhook_url = `${receiver.url}${path}`;
    webhooks.push(await addWebhook({ name: `Касса ${index + 1}`, retry_count: 0, webhook_url }));
  }
  await send(Array.from({ length: 10 }, () => makeEvent()));
  for (const webhook of webhooks) await attemptsOf(webhook, 10);
  await signIn({ page, product });
  const cookies = await page.context().cookies();
  const browser = page.context().browser();
  if (!browser) throw new Error("No browser.");
  for (let run = 1; run <= RUNS; run += 1) {
    const { painted, hydrated, interactive, blocked, busy, opened } = await load({
      browser,
      product,
      cookies,
    });
    const ms = [painted, hydrated, interactive, blocked, busy, opened].map(Math.round);
    figure(
      `${WEBHOOKS} webhooks, ${SLOW_DOWN}× slower, run ${run}: painted after ${ms[0]} ms, every button answers after ${ms[1]}, the last long task ends after ${ms[2]}, blocked for ${ms[3]}, its thread busy for ${ms[4]}; a row's menu opens ${ms[5]} ms after the press`,
    );
  }
});

type Load = { browser: Browser; product: Product; cookies: Awaited<ReturnType<CookieReader>> };
type CookieReader = ReturnType<Page["context"]>["cookies"];

/** Loads the list with an empty cache; all in ms, from the start of the navigation. */
async function load({ browser, product, cookies }: Load) {
  const viewport = { width: 1360, height: 850 };
  // The server's own guess: the first page of a browser elsewhere is drawn a second time in its zone.
  const context = await browser.newContext({ viewport, timezoneId: "Europe/Moscow" });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  await page.addInitScript(watch);
  await page.goto(`${product.url}/webhooks`, { waitUntil: "commit" });
  await page.waitForFunction(
    (quiet) => {
      const { hydrated, tasks } = (window as unknown as { loading: Loading }).loading;
      return hydrated > 0 && performance.now() - Math.max(hydrated, tasks.at(-1)?.end ?? 0) > quiet;
    },
    QUIET_MS,
    { polling: 500 },
  );
  const { hydrated, painted, tasks } = await page.evaluate(
    () => (window as unknown as { loading: Loading }).loading,
  );
  const interactive = Math.max(hydrated, ...tasks.map(({ end }) => end));
  const blocked = tasks.reduce((sum, { over }) => sum + over, 0);
  const { metrics } = await cdp.send("Performance.getMetrics");
  const busy = 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  const opened = await menuOpens(page);
  await context.close();
  return { painted, hydrated, interactive, blocked, busy, opened };
}

/** Runs in the page from its first moment on. */
function watch(): void {
  const loading: Loading = { hydrated: 0, painted: 0, tasks: [] };
  Object.assign(window, { loading });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      loading.tasks.push({ end: startTime + duration, over: duration - 50 });
    }
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    loading.painted ||= list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  }).observe({ type: "paint", buffered: true });
  const look = () => {
    const controls = [...document.querySelectorAll("article button")];
    const isWhole = document.readyState === "complete" && controls.length > 0;
    const isTaken = (control: Element) => Object.keys(control).some((key) => key.startsWith("__reactProps$"));
    if (isWhole && controls.every(isTaken)) loading.hydrated = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From the press on a row's «⋯» to its menu. */
async function menuOpens(page: Page): Promise<number> {
  const button = page.getByRole("button", { name: /: Касса 7$/ }).last();
  const pressed = page.evaluate(
    () =>
      new Promise<number>((done) => {
        addEventListener(
          "pointerdown",
          () => {
            const start = performance.now();
            const look = () => {
              if (document.querySelector('[role="menu"]')) done(performance.now() - start);
              else requestAnimationFrame(look);
            };
            look();
          },
          { capture: true },
        );
      }),
  );
  await button.click();
  await expect(page.getByRole("menu")).toBeVisible();
  return pressed;
}
