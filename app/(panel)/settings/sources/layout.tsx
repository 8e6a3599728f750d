import type { ReactNode } from "react";
import { Texts } from "@/app/texts";

export default function SourcesLayout({ children }: { children: ReactNode }) {
  return <Texts of={["orders", "sources"]}>{children}</Texts>;
}
