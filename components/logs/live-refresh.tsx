"use client";

import { WifiOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useContext, useEffect, useRef, useState } from "react";
import { SessionRenewal } from "@/components/shell/session-renewal";
import { REFRESH_SOON } from "./refresh-soon";

type LiveRefreshProps = {
  /** `panelMark` as it was before the page read its data. */
  mark: string;
  everyMs: number;
  /** For a page that grows from its top: what somebody has scrolled down to stays where it is. */
  isOnlyAtTop?: boolean;
};

const MAX_PAUSE_MS = 60_000;
// Then twice as long each time, up to the usual pause.
const SOON_MS = 1_000;

/**
 * Has the server render the page anew when something has changed, which it asks every `everyMs` while the tab is
 * visible, and sooner after an action. Without a connection the page stays as it is and says so; Next itself would
 * leave it.
 */
export function LiveRefresh({ mark, everyMs, isOnlyAtTop = false }: LiveRefreshProps) {
  const t = useTranslations("common");
  const router = useRouter();
  const renewSession = useContext(SessionRenewal);
  const known = useRef(mark);
  const [isOffline, setIsOffline] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pauseMs = everyMs;
    const askIn = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(ask, ms);
    };
    const ask = async () => {
      clearTimeout(timer);
      const isInTheWay = isOnlyAtTop && window.scrollY > 0;
      if (document.visibilityState === "visible" && !isInTheWay) {
        const found = await readMark(stop.signal);
        if (stop.signal.aborted) return;
        setIsOffline(found === "offline");
        pauseMs = Math.min(pauseMs * 2, found === "offline" ? MAX_PAUSE_MS : everyMs);
        // Whoever does not want to sign in is not asked again until they do something.
        if (found === "signed out" && !(await renewSession())) return;
        if (typeof found === "object" && found.mark !== known.current) {
          known.current = found.mark;
          router.refresh();
        }
      }
      if (!stop.signal.aborted) askIn(pauseMs);
    };
    const askSoon = () => {
      pauseMs = SOON_MS;
      askIn(pauseMs);
    };
    askIn(pauseMs);
    window.addEventListener(REFRESH_SOON, askSoon, { signal: stop.signal });
    document.addEventListener("visibilitychange", ask, { signal: stop.signal });
    window.addEventListener("online", ask, { signal: stop.signal });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [router, renewSession, everyMs, isOnlyAtTop]);
  if (!isOffline) return null;
  return (
    <p
      role="status"
      className="fixed inset-x-4 bottom-4 z-40 mx-auto flex w-fit max-w-full items-center gap-2 rounded-lg border bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning shadow-float"
    >
      <WifiOff className="size-4 shrink-0" aria-hidden /> {t("showsOld")}
    </p>
  );
}

async function readMark(signal: AbortSignal): Promise<{ mark: string } | "offline" | "signed out"> {
  try {
    const response = await fetch("/mark", { signal });
    if (response.status === 401) return "signed out";
    return response.ok ? { mark: await response.text() } : "offline";
  } catch {
    return "offline";
  }
}
