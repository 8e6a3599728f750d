import { setTimeout as sleep } from "node:timers/promises";
import { sendEvents } from "./support/api";
import { figure } from "./support/figures";
import { makeEvent } from "./support/orders";
import { submitSignIn } from "./support/panel";
import { ACCESS } from "./support/product";
import { callAction, readCsrf, signIn, signOut } from "./support/session";
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
  const admin = { url, email: ACCESS.adminEmail, password: ACCESS.adminPassword };
  const [stolen, elsewhere] = [await signIn(admin), await signIn(admin)];
  expect([await statusOf(url, stolen.cookie), await statusOf(url, elsewhere.cookie)]).toEqual([200, 200]);
  const out = await signOut({ url, cookie: stolen.cookie });
  expect(out.status).toBe(200);
  expect([await statusOf(url, stolen.cookie), await statusOf(url, elsewhere.cookie)]).toEqual([307, 200]);
  const action = { url, name: "createTokenAction", input: { name: "stolen", role: "admin" } };
  expect((await callAction({ ...action, cookie: stolen.cookie })).text).not.toContain("ihw_");
});

test("a flood of wrong passwords from 200 addresses neither locks the admin out nor holds up the intake", async ({
  product,
}) => {
  test.setTimeout(120_000);
  const { url } = product;
  const usual = { "x-forwarded-for": "203.0.113.7" };
  const admin = { url, email: ACCESS.adminEmail, password: ACCESS.adminPassword, headers: usual };
  expect((await signIn(admin)).cookie).not.toBe("");
  const quiet = await measureIntake({ url, until: afterMs(4_000) });
  const flood = await startFlood({ url, addresses: 200, email: ACCESS.adminEmail });
  const entered: string[] = [];
  const flooded = await measureIntake({
    url,
    until: async () => {
      for (let round = 0; round < 4; round += 1) {
        await sleep(2_000);
        const startedAt = performance.now();
        expect(await signIn(admin), "the admin, from the usual address").toMatchObject({ error: null });
        entered.push(`${Math.round(performance.now() - startedAt)}`);
      }
    },
  });
  const answers = await flood.stop();
  expect([...answers.keys()].sort()).toEqual([401, 429]);
  expect(flood.lacksRetryAfter()).toBe(0);
  const told = [...answers].map(([status, count]) => `${count} × ${status}`).join(", ");
  figure(
    `${told}; the admin in after ${entered.join(", ")} ms; an event taken in: median ${flooded.medianMs} ms, slowest ${flooded.slowestMs} ms (quiet: ${quiet.medianMs}, ${quiet.slowestMs} ms)`,
  );
});

async function statusOf(url: string, cookie: string): Promise<number> {
  const answer = await fetch(`${url}/webhooks`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}

const afterMs = (ms: number) => () => sleep(ms);

type Measuring = { url: string; until: () => Promise<unknown> };

/** Sends one event after another, each of which must be accepted, until `until` is done. */
async function measureIntake({ url, until }: Measuring): Promise<{ medianMs: number; slowestMs: number }> {
  const tookMs: number[] = [];
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      const answer = await sendEvents({ url, eventKey: ACCESS.eventKey, events: makeEvent() });
      expect(answer.status).toBe(200);
      tookMs.push(performance.now() - startedAt);
      await sleep(20);
    }
  })();
  await until().finally(() => {
    isOver = true;
  });
  await sending;
  tookMs.sort((a, b) => a - b);
  const at = (index: number) => Math.round(tookMs.at(index) ?? 0);
  return { medianMs: at(Math.floor(tookMs.length / 2)), slowestMs: at(-1) };
}

type Flooding = { url: string; addresses: number; email: string };

/** Each address guesses again 250 ms after it was answered, every other one at people who do not exist. */
async function startFlood({ url, addresses, email }: Flooding) {
  const { cookie, csrfToken } = await readCsrf(url);
  const answers = new Map<number, number>();
  let lacking = 0;
  let isOver = false;
  const guessOn = async (index: number) => {
    while (!isOver) {
      const answer = await fetch(`${url}/api/auth/callback/credentials`, {
        method: "POST",
        redirect: "manual",
        headers: {
          cookie,
          "x-forwarded-for": `198.51.100.${index}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({
          csrfToken,
          email: index % 2 ? email : `nobody${index}@example.com`,
          password: "guess",
          json: "true",
        }),
      });
      await answer.arrayBuffer();
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (answer.status === 429 && !answer.headers.get("retry-after")) lacking += 1;
      await sleep(250);
    }
  };
  const guessing = Promise.all(Array.from({ length: addresses }, (_, index) => guessOn(index)));
  return {
    lacksRetryAfter: () => lacking,
    stop: async () => {
      isOver = true;
      await guessing;
      return answers;
    },
  };
}
