import { expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/outbound/explain-error";
import { MESSAGES } from "./messages";

test("every way to fail has words in both languages, and no words are left over", () => {
  for (const { faults } of Object.values(MESSAGES)) {
    expect(Object.keys(faults).sort()).toEqual([...ERROR_CODES].sort());
  }
});
