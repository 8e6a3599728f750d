import path from "node:path";
import type { Page } from "@playwright/test";
import { figure, IS_SOAK } from "./support/figures";
import { seriousFaults, sidewaysOverflow, signIn, speak, WIDTHS } from "./support/panel";
import { stagePanel } from "./support/panel-scene";
import { surfacesOf } from "./support/surfaces";
import { expect, test } from "./support/test";

const THEMES = IS_SOAK ? (["light", "dark"] as const) : (["dark"] as const);
// A theme changes colours alone.
const RULES = { light: [], dark: IS_SOAK ? ["color-contrast"] : [] };

/** `npm run test:soak` looks at all of it; the short walk at what lies over a page, in the theme that fewer choose. */
const WALKS = IS_SOAK
  ? (["ru", "en"] as const).flatMap((locale) =>
      (["desktop", "phone"] as const).map((width) => ({ locale, width })),
    )
  : [{ locale: "ru", width: "desktop" } as const];

for (const { locale, width } of WALKS) {
  test(`axe finds nothing serious on any page, menu, dialog, list or message: ${locale}, ${width}`, async ({
    page,
    product,
    api,
    send,
  }) => {
    test.setTimeout(IS_SOAK ? 15 * 60_000 : 120_000);
    page.setDefaultTimeout(15_000);
    await signIn({ page, product });
    const staged = await stagePanel({ page, product, api, send });
    const found: string[] = [];
    let looks = 0;
    await page.setViewportSize(WIDTHS[width]);
    await speak({ page, product, locale });
    for (const surface of surfacesOf({ locale, staged })) {
      if (surface.isOnPhone && width !== "phone") continue;
      if (surface.name === "user-menu" && width === "phone") continue;
      if (!IS_SOAK && !surface.isShort) continue;
      const name = `${surface.name}-${locale}-${width}`;
      try {
        const shown = surface.isOutside ? await outside({ page, locale, url: product.url }) : page;
        await shown.setViewportSize(WIDTHS[width]);
        await shown.goto(product.url + surface.path);
        await surface.open?.(shown);
        for (const theme of THEMES) {
          await shown.emulateMedia({ colorScheme: theme });
          const faults = await seriousFaults(shown, RULES[theme]);
          found.push(...faults.map((fault) => `${name} ${theme}: ${fault}`));
          const overflow = await sidewaysOverflow(shown);
          if (overflow > 0) found.push(`${name} ${theme}: ${overflow} px wider than the screen`);
          looks += 1;
          if (IS_SOAK) await shot({ page: shown, name: `${name}-${theme}`, isOver: Boolean(surface.open) });
        }
        await page.emulateMedia({ colorScheme: "light" });
        if (shown !== page) await shown.context().close();
      } catch (error) {
        found.push(`${name}: ${error instanceof Error ? error.message.slice(0, 600) : error}`);
      }
      if (surface.name === "session-over") await signIn({ page, product });
    }
    await staged.close();
    if (IS_SOAK) {
      figure(
        `axe looked at ${looks} views of the panel (${locale}, ${width}): ${found.length} serious faults`,
      );
    }
    expect(found).toEqual([]);
  });
}

async function outside({ page, locale, url }: { page: Page; locale: string; url: string }): Promise<Page> {
  const context = await page.context().browser()?.newContext({ locale: "ru-RU" });
  if (!context) throw new Error("No browser.");
  await context.addCookies([{ name: "locale", value: locale, url }]);
  return context.newPage();
}

async function shot({ page, name, isOver }: { page: Page; name: string; isOver: boolean }): Promise<void> {
  const file = path.join("test-results", "walk", `${name}.jpg`);
  await page.screenshot({ path: file, type: "jpeg", quality: 70, fullPage: !isOver, animations: "disabled" });
}
