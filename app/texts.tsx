import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { MoreTexts } from "@/components/ui/more-texts";
import { MESSAGES, type Messages } from "@/lib/i18n/messages";

type Area = keyof Messages;

/**
 * Gives what runs in the browser the texts of these areas, beside those that a layout further out gives. A page is
 * sent no others; scripts/texts.test.ts knows which it needs.
 */
export async function Texts({ of, children }: { of: Area[]; children: ReactNode }) {
  return <MoreTexts texts={await textsOf(of)}>{children}</MoreTexts>;
}

export async function textsOf(areas: Area[]): Promise<Partial<Messages>> {
  const messages = MESSAGES[await getLocale()];
  return Object.fromEntries(areas.map((area) => [area, messages[area]]));
}
