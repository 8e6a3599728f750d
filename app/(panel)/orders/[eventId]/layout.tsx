import type { ReactNode } from "react";
import { findTimeline } from "./find-timeline";

type OrderLayoutProps = { children: ReactNode; params: Promise<{ eventId: string }> };

/** Looks for what the address names before the page begins to be sent: only then can the answer still be 404. */
export default async function OrderLayout({ children, params }: OrderLayoutProps) {
  await findTimeline((await params).eventId);
  return children;
}
