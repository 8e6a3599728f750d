import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { JsonView } from "./json-view";

function coloured(text: string): string {
  const markup = renderToStaticMarkup(createElement(JsonView, { text, label: "Answer" }));
  return /<pre[^>]*>(.*)<\/pre>/s.exec(markup)?.[1] ?? "";
}

test("keys, strings and numbers have colours of their own, and a string without an end is one", () => {
  expect(coloured('{"a": "b", 1')).toBe(
    '{<span class="text-info">&quot;a&quot;</span>: <span class="text-success">&quot;b&quot;</span>, ' +
      '<span class="text-warning">1</span>',
  );
  expect(coloured('say "a\\"b')).toBe('say <span class="text-success">&quot;a\\&quot;b</span>');
});

test("an answer of quotes that never end is coloured in time linear in its length", () => {
  const text = '\\"'.repeat(19_000);
  for (let round = 0; round < 100; round += 1) expect(coloured(text)).toContain("text-success");
});

test("of a very long text the beginning is coloured, and nothing is left out", () => {
  for (const text of [`[${"1,".repeat(60_000)}1]`, `["${"a".repeat(60_000)}", 1]`]) {
    const markup = coloured(text);
    expect(markup.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"')).toBe(text);
    expect(markup).toContain("<span");
    expect(markup.match(/<span/g)?.length).toBeLessThan(9_000);
  }
});
