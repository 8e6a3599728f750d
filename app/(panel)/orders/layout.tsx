import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function OrdersLayout({ children }: { children: ReactNode }) {
  return <Texts of={["faults", "logs", "orders", "webhookTest"]}>{children}</Texts>;
}
