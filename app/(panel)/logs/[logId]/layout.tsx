import type { ReactNode } from "react";
import { findAttempt } from "./find-attempt";

type AttemptLayoutProps = { children: ReactNode; params: Promise<{ logId: string }> };

/** Looks for what the address names before the page begins to be sent: only then can the answer still be 404. */
export default async function AttemptLayout({ children, params }: AttemptLayoutProps) {
  await findAttempt((await params).logId);
  return children;
}
