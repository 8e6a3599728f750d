import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function WebhooksLayout({ children }: { children: ReactNode }) {
  return (
    <Texts of={["bulk", "faults", "firstSteps", "webhookFile", "webhookTest", "webhooks"]}>{children}</Texts>
  );
}
