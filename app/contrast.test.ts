import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const CSS = readFileSync("app/globals.css", "utf8");
const TEXTS =
  "foreground muted-foreground primary success warning danger info accent-foreground secondary-foreground";
const GROUNDS =
  "background card popover muted secondary accent success-soft warning-soft danger-soft info-soft";
const PAIRS = [
  ...TEXTS.split(" ").flatMap((text) => GROUNDS.split(" ").map((ground) => [text, ground])),
  ...["sidebar-foreground", "sidebar-muted", "sidebar-accent-foreground", "sidebar-mark"].flatMap((text) =>
    ["sidebar", "sidebar-accent"].map((ground) => [text, ground]),
  ),
  ["primary-foreground", "primary"],
  ["primary-foreground", "primary-hover"],
  ["danger-foreground", "danger"],
  ["danger-foreground", "danger-hover"],
] as [string, string][];

const light = tokensOf(":root");
const themes = { light, dark: new Map([...light, ...tokensOf(".dark")]) };

test.each(Object.entries(themes))(
  "every text has a contrast of 4.5 : 1 on every ground, %s",
  (_name, tokens) => {
    const weak = PAIRS.map(([text, ground]) => ({
      pair: `${text} on ${ground}`,
      contrast: contrast(luminance({ name: text, tokens }), luminance({ name: ground, tokens })),
    })).filter(({ contrast }) => contrast < 4.5);
    expect(weak).toEqual([]);
  },
);

function tokensOf(selector: string): Map<string, string> {
  const start = CSS.indexOf(`${selector} {`);
  const block = CSS.slice(start, CSS.indexOf("}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function luminance({ name, tokens }: { name: string; tokens: Map<string, string> }): number {
  const value = tokens.get(name) ?? "";
  const other = /^var\(--(.+)\)$/.exec(value)?.[1];
  if (other) return luminance({ name: other, tokens });
  const [lightness = Number.NaN, chroma = 0, hue = 0] = (value.match(/[\d.]+/g) ?? []).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  // CSS Color 4, from OKLCH to linear sRGB.
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red = 0, green = 0, blue = 0] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2, of two luminances. */
function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
