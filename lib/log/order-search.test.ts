import { expect, test } from "vitest";
import { parseOrderSearch } from "./order-search";

test.each([
  ["515", { text: "515", orderId: 515, phoneDigits: null }],
  ["№ 515", { text: "515", orderId: 515, phoneDigits: null }],
  ["#123", { text: "123", orderId: 123, phoneDigits: null }],
  ["20200831-515", { text: "20200831-515", orderId: null, phoneDigits: "0200831515" }],
  ["crm-4567", { text: "crm-4567", orderId: null, phoneDigits: null }],
  ["+7 (999) 123-45-67", { text: "+7 (999) 123-45-67", orderId: null, phoneDigits: "9991234567" }],
  ["89991234567", { text: "89991234567", orderId: 89_991_234_567, phoneDigits: "9991234567" }],
  ["9991234567", { text: "9991234567", orderId: 9_991_234_567, phoneDigits: "9991234567" }],
  ["0199", { text: "0199", orderId: null, phoneDigits: "0199" }],
  ["45-67", { text: "45-67", orderId: null, phoneDigits: "4567" }],
  [" ", null],
  ["#", null],
])("%j looks for %j", (typed, search) => {
  expect(parseOrderSearch(typed)).toEqual(search);
});
