"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

type LiveRefreshProps = {
  everyMs: number;
  /** For a page that grows from its top: what somebody has scrolled down to stays where it is. */
  isOnlyAtTop?: boolean;
};

/** Has the server render the page anew every `everyMs` while the tab is visible. */
export function LiveRefresh({ everyMs, isOnlyAtTop = false }: LiveRefreshProps) {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => {
      const isInTheWay = isOnlyAtTop && window.scrollY > 0;
      if (document.visibilityState === "visible" && !isInTheWay) router.refresh();
    };
    const timer = setInterval(refresh, everyMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router, everyMs, isOnlyAtTop]);
  return null;
}
