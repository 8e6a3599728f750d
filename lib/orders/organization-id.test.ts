import { expect, test } from "vitest";
import { refusalText } from "@/lib/refusals/refusal-text";
import { brokenUuid, isUuid } from "./organization-id";

const GOOD = "550e8400-e29b-41d4-a716-446655440000";

test.each([GOOD, GOOD.toUpperCase(), `{${GOOD}}`, GOOD.replaceAll("-", ""), ` ${GOOD} `])(
  "%j is a UUID",
  (id) => {
    expect(isUuid(id)).toBe(true);
    expect(brokenUuid(id)).toBeNull();
  },
);

test.each(["1", "org-1", "main-kitchen-moscow", "20200831-515", "Ресторан № 1"])(
  "%j is no UUID and was not meant for one",
  (id) => {
    expect(isUuid(id)).toBe(false);
    expect(brokenUuid(id)).toBeNull();
  },
);

test.each([
  ["550e8400-e29b-41d4-a716-44665544000", /32 digits and letters a to f, not 31/],
  ["550e8400-e29b-41d4-a716-4466554400000", /not 33/],
  ["550e8400-e29b-41d4", /not 16/],
  ["550e8400-e29b-41d4-a716-44665544000g", /"g" \(U\+0067\) at position 36/],
  ["550е8400-e29b-41d4-a716-446655440000", /"е" \(U\+0435\) at position 4/],
  ["550e8400e-29b-41d4-a716-446655440000", /8-4-4-4-12/],
  ["550e8400e29b41d4a71644665544000", /not 31/],
])("%j was meant for a UUID", (id, said) => {
  const broken = brokenUuid(id);
  expect(broken && refusalText(broken)).toMatch(said);
  expect(broken && refusalText(broken, "ru")).toContain(id);
});
