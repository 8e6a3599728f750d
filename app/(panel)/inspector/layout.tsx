import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function InspectorLayout({ children }: { children: ReactNode }) {
  return <Texts of={["inspector"]}>{children}</Texts>;
}
