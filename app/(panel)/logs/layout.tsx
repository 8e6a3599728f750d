import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function LogsLayout({ children }: { children: ReactNode }) {
  return <Texts of={["faults", "logs"]}>{children}</Texts>;
}
