import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function AuditLayout({ children }: { children: ReactNode }) {
  return <Texts of={["audit", "orders", "webhookForm", "webhooks"]}>{children}</Texts>;
}
