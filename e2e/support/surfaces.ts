import type { Page } from "@playwright/test";
import type { Locale } from "@/lib/i18n/locales";
import type { Staged } from "./panel-scene";
import { textsOf } from "./texts";

/** A page, or what opens on it. */
export type Surface = {
  name: string;
  path: string;
  /** Opens what lies over the page, and waits until it is there. */
  open?: (page: Page) => Promise<unknown>;
  /** Shown before the sign-in. */
  isOutside?: true;
  /** Only a phone has it. */
  isOnPhone?: true;
  /** In the short walk too. */
  isShort?: true;
};

/** What opens over a page; a question is a dialog of either kind. */
type Over = "dialog" | "menu" | "listbox" | "question";

/** Every page of the panel, and every menu, dialog, list and message that opens on one, in a language. */
export function surfacesOf({ locale, staged }: { locale: Locale; staged: Staged }): Surface[] {
  const t = textsOf(locale);
  const { webhooks, logs, events, inspected } = staged;
  const { healthy, failing, down, held } = webhooks;
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
  const pressLike = (page: Page, name: string) => page.getByRole("button", { name }).first().click();
  const choose = (page: Page, name: string) => page.getByRole("menuitem", { name }).click();
  const seen = (page: Page, over: Over) => {
    const dialog = page.getByRole("dialog");
    const shown = over === "question" ? page.getByRole("alertdialog").or(dialog) : page.getByRole(over);
    return shown.first().waitFor();
  };
  /** Presses the button of exactly this name, and waits for what it opens. */
  const opens = (name: string, over: Over) => async (page: Page) => {
    await press(page, name);
    await seen(page, over);
  };
  /** The same for the first button whose name holds this. */
  const opensLike = (name: string, over: Over) => async (page: Page) => {
    await pressLike(page, name);
    await seen(page, over);
  };
  const moreOf = ({ name }: { name: string }) => opensLike(t("webhooks.moreOf", { name }), "menu");
  const userMenu = opensLike(t("users.actions", { name: staged.userName }), "menu");
  const addUser = opens(t("users.add"), "dialog");
  const addToken = opens(t("tokens.add"), "dialog");
  const phoneMenu = opens(t("shell.openMenu"), "dialog");
  const unfold = async (page: Page) => {
    for (const summary of await page.locator("#content summary:visible").all()) await summary.click();
  };
  const tick = async (page: Page) => {
    for (const { name } of [failing, healthy]) {
      await page.getByRole("checkbox", { name: t("bulk.select", { name }) }).click();
    }
  };
  const pressForTicked = async (page: Page, name: string) => {
    await tick(page);
    await page
      .getByRole("region", { name: t("bulk.title") })
      .getByRole("button", { name })
      .click();
  };
  const chooseTemplate = async (page: Page) => {
    await page.getByRole("radio", { name: t("webhooks.formats.custom"), exact: true }).click();
    await page.getByRole("radio", { name: t("webhookForm.customKinds.template") }).click();
  };

  return [
    { name: "sign-in", path: "/sign-in", isOutside: true },
    {
      name: "sign-in-menu",
      path: "/sign-in",
      isOutside: true,
      open: async (page) => {
        await page.locator("button[aria-haspopup=menu]").first().click();
        await seen(page, "menu");
      },
    },
    {
      name: "sign-in-refused",
      path: "/sign-in",
      isOutside: true,
      open: async (page) => {
        await page.locator('input[type="email"]').fill("nobody@example.com");
        await page.locator('input[type="password"]').fill("wrong");
        await page.locator('button[type="submit"]').click();
        await page.getByRole("alert").filter({ hasText: /\S/ }).first().waitFor();
      },
    },

    { name: "overview", path: "/overview" },
    { name: "overview-hour", path: "/overview?period=hour" },
    { name: "overview-tables", path: "/overview", open: unfold },
    {
      name: "user-menu",
      path: "/overview",
      isShort: true,
      open: async (page) => {
        await page.locator("aside button[aria-haspopup=menu]").click();
        await seen(page, "menu");
      },
    },
    { name: "phone-menu", path: "/overview", isOnPhone: true, open: phoneMenu },
    {
      name: "phone-user-menu",
      path: "/overview",
      isOnPhone: true,
      open: async (page) => {
        await phoneMenu(page);
        await page.getByRole("dialog").locator("button[aria-haspopup=menu]").click();
        await seen(page, "menu");
      },
    },

    { name: "webhooks", path: "/webhooks" },
    { name: "webhooks-nothing", path: "/webhooks?q=nothing-of-this-name" },
    { name: "webhooks-file-menu", path: "/webhooks", open: opens(t("webhookFile.menu"), "menu") },
    { name: "webhooks-row-menu", path: "/webhooks", isShort: true, open: moreOf(down) },
    {
      name: "webhooks-cancel-waiting",
      path: "/webhooks",
      open: async (page) => {
        await moreOf(down)(page);
        await choose(page, t("webhooks.heldUp.cancelWaiting"));
        await seen(page, "question");
      },
    },
    {
      name: "webhooks-pause",
      path: "/webhooks",
      open: opensLike(t("webhooks.switchOff", { name: down.name }), "dialog"),
    },
    {
      name: "webhooks-pause-until",
      path: "/webhooks",
      isShort: true,
      open: async (page) => {
        await moreOf(held)(page);
        await choose(page, t("webhooks.pause.edit"));
        await page.getByRole("dialog").getByLabel(t("webhooks.pause.end")).selectOption("moment");
      },
    },
    {
      name: "webhooks-test-success",
      path: "/webhooks",
      isShort: true,
      open: async (page) => {
        await pressLike(page, t("webhooks.testOf", { name: healthy.name }));
        await page.getByRole("dialog").getByText(t("webhookTest.success")).waitFor();
      },
    },
    {
      name: "webhooks-test-failure",
      path: "/webhooks",
      open: async (page) => {
        await pressLike(page, t("webhooks.testOf", { name: failing.name }));
        await page.getByRole("dialog").getByText(t("webhookTest.failure")).first().waitFor();
      },
    },
    {
      name: "webhooks-remove",
      path: "/webhooks",
      open: opensLike(t("webhooks.remove", { name: healthy.name }), "question"),
    },
    {
      name: "webhooks-toast",
      path: "/webhooks",
      isShort: true,
      open: async (page) => {
        await moreOf(down)(page);
        await choose(page, t("webhooks.heldUp.probeNow"));
        // It stays as long as the pointer is on it.
        await page.locator("[data-sonner-toast]").hover();
      },
    },
    { name: "webhooks-ticked", path: "/webhooks", open: tick },
    {
      name: "webhooks-bulk-pause",
      path: "/webhooks",
      open: async (page) => {
        await pressForTicked(page, t("bulk.pause"));
        await seen(page, "question");
      },
    },
    {
      name: "webhooks-bulk-remove",
      path: "/webhooks",
      open: async (page) => {
        await pressForTicked(page, t("bulk.remove"));
        await seen(page, "question");
      },
    },
    {
      name: "webhooks-bulk-results",
      path: "/webhooks",
      open: async (page) => {
        await pressForTicked(page, t("bulk.test"));
        await page.getByText(t("bulk.over", { succeeded: 1, total: 2 })).waitFor();
      },
    },

    { name: "webhook-healthy", path: `/webhooks/${healthy.id}` },
    { name: "webhook-failing", path: `/webhooks/${failing.id}` },
    { name: "webhook-down", path: `/webhooks/${down.id}` },
    { name: "webhook-held", path: `/webhooks/${held.id}` },
    { name: "webhook-edit", path: `/webhooks/${failing.id}/edit` },
    {
      name: "webhook-edit-refused",
      path: "/webhooks/new",
      open: async (page) => {
        await pressLike(page, t("webhookForm.save"));
        await page.getByText(t("webhookForm.errors.webhook_url")).first().waitFor();
      },
    },
    { name: "webhook-new", path: "/webhooks/new?from=senler" },
    {
      name: "webhook-new-template",
      path: "/webhooks/new",
      open: async (page) => {
        await chooseTemplate(page);
        await page.getByLabel(t("webhookForm.fields.custom_payload_template")).first().fill('{"a": ');
      },
    },
    {
      name: "webhook-new-hint",
      path: "/webhooks/new",
      open: async (page) => {
        await chooseTemplate(page);
        await page.locator("button", { hasText: "order.status" }).first().hover();
        await page.getByRole("tooltip").first().waitFor();
      },
    },
    {
      name: "webhook-new-auth",
      path: "/webhooks/new",
      open: async (page) => {
        await page.getByRole("radio", { name: t("webhookForm.authTypes.custom") }).click();
        await page.getByLabel(t("webhookForm.fields.webhook_url")).fill("http://192.168.1.7/hook");
      },
    },
    { name: "webhook-compare", path: "/webhooks/new", open: opens(t("webhookForm.compare"), "dialog") },
    {
      name: "webhook-leave",
      path: "/webhooks/new",
      open: async (page) => {
        await page.getByLabel(t("webhookForm.fields.name")).fill("Unsaved");
        await page.getByRole("link", { name: t("webhookForm.cancel"), exact: true }).click();
        await seen(page, "question");
      },
    },
    {
      name: "webhook-rotate",
      path: `/webhooks/${healthy.id}/edit`,
      open: opensLike(t("webhookForm.rotate"), "question"),
    },
    {
      name: "webhook-rotated",
      path: `/webhooks/${healthy.id}/edit`,
      open: async (page) => {
        await pressLike(page, t("webhookForm.rotate"));
        await page
          .getByRole("alertdialog")
          .getByRole("button", { name: t("webhookForm.rotate") })
          .click();
        await page.getByText(t("webhookForm.rotatedText")).waitFor();
      },
    },
    { name: "webhook-import", path: "/webhooks/import" },
    {
      name: "webhook-import-chosen",
      path: "/webhooks/import",
      open: async (page) => {
        const file = {
          webhooks: [
            {
              name: "CRM",
              webhook_url: "https://crm.example.com/hook",
              auth_type: "bearer",
              auth_token: "***",
            },
            { name: "", webhook_url: "nowhere" },
          ],
        };
        await page.locator('input[type="file"]').setInputFiles({
          name: "webhooks.json",
          mimeType: "application/json",
          buffer: Buffer.from(JSON.stringify(file)),
        });
        await page.getByText(t("webhookFile.broken")).first().waitFor();
      },
    },

    { name: "logs", path: "/logs" },
    { name: "logs-failed", path: "/logs?status=failed" },
    { name: "logs-nothing", path: "/logs?order=nothing-of-this-name" },
    {
      name: "logs-period",
      path: "/logs",
      open: (page) => page.getByLabel(t("logs.period"), { exact: true }).selectOption("custom"),
    },
    {
      name: "logs-resend-failed",
      path: `/logs?webhook=${failing.id}`,
      open: opensLike(t("logs.resendFailed.button"), "question"),
    },
    { name: "attempt-failed", path: `/logs/${logs.failed}` },
    { name: "attempt-delivered", path: `/logs/${logs.delivered}` },
    { name: "attempt-curl", path: `/logs/${logs.failed}`, open: opens(t("logs.curl"), "dialog") },
    { name: "attempt-resend", path: `/logs/${logs.failed}`, open: opens(t("logs.resend"), "question") },
    { name: "attempt-all", path: `/logs/${logs.failed}`, open: unfold },

    { name: "orders", path: "/orders" },
    { name: "orders-rejected", path: "/orders?state=rejected" },
    { name: "orders-nothing", path: "/orders?q=nothing-of-this-name" },
    { name: "order", path: `/orders/${events.sent}` },
    { name: "order-rejected", path: `/orders/${events.rejected}` },
    { name: "order-open", path: `/orders/${events.sent}`, open: unfold },
    {
      name: "order-resend",
      path: `/orders/${events.sent}`,
      open: opens(t("orders.resendOrder.button"), "question"),
    },
    {
      name: "order-send-again",
      path: `/orders/${events.sent}`,
      open: opensLike(t("orders.send.again.label", { name: healthy.name }), "question"),
    },
    {
      name: "order-test",
      path: `/orders/${events.sent}`,
      open: opensLike(t("orders.test.button"), "dialog"),
    },

    { name: "inspector", path: "/inspector" },
    { name: "inspector-request", path: `/inspector?request=${inspected}` },
    { name: "inspector-behaviour", path: "/inspector", open: unfold },
    { name: "inspector-move", path: "/inspector", open: opens(t("inspector.move"), "question") },
    { name: "inspector-clear", path: "/inspector", open: opens(t("inspector.clear"), "question") },

    { name: "users", path: "/settings/users" },
    { name: "users-add", path: "/settings/users", open: addUser },
    {
      name: "users-roles",
      path: "/settings/users",
      isShort: true,
      open: async (page) => {
        await addUser(page);
        await page.getByRole("dialog").getByRole("combobox").click();
        await seen(page, "listbox");
      },
    },
    {
      name: "users-password",
      path: "/settings/users",
      open: async (page) => {
        await addUser(page);
        const dialog = page.getByRole("dialog");
        await dialog.locator('input[name="name"]').fill("Очень длинное имя сотрудника ресторана");
        await dialog
          .locator('input[name="email"]')
          .fill(`somebody-${Date.now().toString(36)}@restaurant.example.com`);
        await dialog.getByRole("button", { name: t("users.create") }).click();
        await page.getByRole("dialog").locator("code").waitFor();
      },
    },
    { name: "users-menu", path: "/settings/users", open: userMenu },
    {
      name: "users-disable",
      path: "/settings/users",
      open: async (page) => {
        await userMenu(page);
        await choose(page, t("users.disable"));
        await seen(page, "question");
      },
    },
    {
      name: "users-reset",
      path: "/settings/users",
      open: async (page) => {
        await userMenu(page);
        await choose(page, t("users.resetPassword"));
        await seen(page, "question");
      },
    },
    { name: "tokens", path: "/settings/tokens" },
    { name: "tokens-add", path: "/settings/tokens", open: addToken },
    {
      name: "tokens-made",
      path: "/settings/tokens",
      open: async (page) => {
        await addToken(page);
        await page.getByRole("dialog").locator('input[name="name"]').fill("CRM");
        await page
          .getByRole("dialog")
          .getByRole("button", { name: t("tokens.create") })
          .click();
        await page.getByRole("dialog").locator("code").waitFor();
      },
    },
    { name: "tokens-revoke", path: "/settings/tokens", open: opens(t("tokens.revoke"), "question") },
    { name: "alerts", path: "/settings/alerts" },
    { name: "sources", path: "/settings/sources" },
    { name: "sources-sample", path: "/settings/sources", open: opens(t("sources.sample"), "question") },
    { name: "audit", path: "/settings/audit" },
    {
      name: "audit-open",
      path: "/settings/audit",
      open: async (page) => {
        const shown = await page.locator("#content summary:visible").all();
        for (const summary of shown.slice(0, 3)) await summary.click();
      },
    },
    { name: "password", path: "/settings/password" },
    { name: "sessions", path: "/settings/sessions" },
    { name: "second-factor", path: "/settings/second-factor" },
    {
      name: "second-factor-code",
      path: "/settings/second-factor",
      open: async (page) => {
        await page.locator('#content input[type="password"]').fill(staged.password);
        await page.locator('#content button[type="submit"]').click();
        await page.getByText(t("secondFactor.setupText")).waitFor();
      },
    },
    { name: "help", path: "/help" },
    { name: "help-samples", path: "/help", open: (page) => page.getByRole("tab").last().click() },
    { name: "api-docs", path: "/api/docs" },
    { name: "not-found", path: "/logs/999999999" },
    {
      name: "session-over",
      path: "/webhooks/new",
      open: async (page) => {
        await page.getByLabel(t("webhookForm.fields.name")).fill("Unsaved");
        await page.getByLabel(t("webhookForm.fields.webhook_url")).fill("https://example.com/hook");
        await page.context().clearCookies({ name: /session/ });
        await pressLike(page, t("webhookForm.save"));
        await seen(page, "dialog");
      },
    },
  ];
}
