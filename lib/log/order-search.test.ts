import { expect, test } from "vitest";
import { parseOrderSearch } from "./order-search";

test.each([
  ["515", { text: "515", orderId: 515, phoneDigits: null, part: "515", name: null }],
  ["51", { text: "51", orderId: 51, phoneDigits: null, part: null, name: null }],
  ["№ 515", { text: "515", orderId: 515, phoneDigits: null, part: "515", name: null }],
  ["#123", { text: "123", orderId: 123, phoneDigits: null, part: "123", name: null }],
  ["20200831-515", { orderId: null, phoneDigits: "0200831515", part: "20200831-515", name: null }],
  ["crm-4567", { orderId: null, phoneDigits: null, part: "crm-4567", name: "crm-4567" }],
  [
    "+7 (999) 123-45-67",
    { text: "+7 (999) 123-45-67", orderId: null, phoneDigits: "9991234567", name: null },
  ],
  ["89991234567", { text: "89991234567", orderId: 89_991_234_567, phoneDigits: "9991234567" }],
  ["9991234567", { text: "9991234567", orderId: 9_991_234_567, phoneDigits: "9991234567" }],
  ["0199", { text: "0199", orderId: null, phoneDigits: "0199" }],
  ["45-67", { text: "45-67", orderId: null, phoneDigits: "4567" }],
  ["Пётр  Иванов", { text: "Пётр  Иванов", phoneDigits: null, name: "петр иванов" }],
  ["Ян", { text: "Ян", part: null, name: null }],
])("%j looks for %j", (typed, search) => {
  expect(parseOrderSearch(typed)).toMatchObject(search);
});

test.each([" ", "#"])("%j looks for nothing", (typed) => {
  expect(parseOrderSearch(typed)).toBeNull();
});
