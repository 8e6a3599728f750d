import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function EditWebhookLayout({ children }: { children: ReactNode }) {
  return <Texts of={["webhookForm"]}>{children}</Texts>;
}
