import { ListChecks, type LucideIcon, ReceiptText, Upload } from "lucide-react";

type Section = {
  href: string;
  label: "webhooks" | "logs" | "orders";
  icon: LucideIcon;
  emoji?: string;
};

/** The tabs of «Вебхуки & Заказы», named as in the guide. */
export const SECTIONS: readonly Section[] = [
  { href: "/webhooks", label: "webhooks", icon: Upload, emoji: "📤" },
  { href: "/logs", label: "logs", icon: ListChecks },
  { href: "/orders", label: "orders", icon: ReceiptText },
];

export function isWithin({ pathname, root }: { pathname: string; root: string }): boolean {
  return pathname === root || pathname.startsWith(`${root}/`);
}
