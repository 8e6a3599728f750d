"use client";

import { type ReactNode, useCallback, useRef, useState } from "react";
import { SessionRenewal } from "@/components/shell/session-renewal";
import { later } from "@/components/ui/later";

const RenewDialog = later(async () => (await import("./renew-dialog")).RenewDialog);

type Asking = { answer: Promise<boolean>; end: (isRenewed: boolean) => void };

/** Renews a session that has ended while a page is open: the page and all that is typed in it stay below the dialog. */
export function RenewSession({ email, children }: { email: string; children: ReactNode }) {
  const asking = useRef<Asking | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  // Whoever finds the session gone while the dialog is open waits for the same answer.
  const renew = useCallback(() => {
    asking.current ??= ask();
    setIsOpen(true);
    return asking.current.answer;
  }, []);
  const end = (isRenewed: boolean) => {
    setIsOpen(false);
    asking.current?.end(isRenewed);
    asking.current = null;
  };
  return (
    <SessionRenewal value={renew}>
      {children}
      {isOpen && <RenewDialog email={email} onEnd={end} />}
    </SessionRenewal>
  );
}

function ask(): Asking {
  let end: Asking["end"] = () => {};
  const answer = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  return { answer, end };
}
