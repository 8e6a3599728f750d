"use client";

import { type RefObject, useContext, useEffect, useRef, useState } from "react";
import type { Attempt } from "@/components/logs/attempt-row";
import { SessionRenewal } from "@/components/shell/session-renewal";
import type { NewerAttempts } from "@/lib/log/list-newer-attempts";

const POLL_MS = 5_000;
const MAX_POLL_MS = 30_000;
const MAX_ROWS = 200;

type Known = { attempts: Attempt[]; isCut: boolean };
type Options = {
  initial: Attempt[];
  query: string;
  isLive: boolean;
  /** Around the rows: while a person reads in it, new rows wait. */
  container: RefObject<HTMLElement | null>;
};

/**
 * Asks for newer rows every few seconds while the tab is visible. They are shown at once, or, while a person
 * is down in the list, points at it or has selected in it, kept until `showNewer`.
 */
export function useNewerAttempts({ initial, query, isLive, container }: Options) {
  const [shown, setShown] = useState<Known>({ attempts: initial, isCut: false });
  const [latest, setLatest] = useState<Known>(shown);
  const [isOffline, setIsOffline] = useState(false);
  const known = useRef(shown);
  const renewSession = useContext(SessionRenewal);

  useEffect(() => {
    if (!isLive) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pauseMs = POLL_MS;
    const poll = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        try {
          const newer = await fetchNewer({ query, known: known.current, signal: stop.signal });
          // Whoever does not want to sign in is not asked again until they do something.
          if (newer === "signed out") return void ((await renewSession()) && poll());
          const next = join(known.current, newer);
          if (stop.signal.aborted) return;
          known.current = next;
          setLatest(next);
          if (container.current && !isReading(container.current)) setShown(next);
          setIsOffline(false);
          pauseMs = POLL_MS;
        } catch {
          if (stop.signal.aborted) return;
          setIsOffline(true);
          pauseMs = Math.min(pauseMs * 2, MAX_POLL_MS);
        }
      }
      timer = setTimeout(poll, pauseMs);
    };
    timer = setTimeout(poll, POLL_MS);
    document.addEventListener("visibilitychange", poll, { signal: stop.signal });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [isLive, query, container, renewSession]);

  const top = shown.attempts[0]?.id ?? 0;
  return {
    attempts: shown.attempts,
    isCut: shown.isCut,
    isOffline,
    newCount: latest.attempts.filter((attempt) => attempt.id > top).length,
    showNewer: () => setShown(latest),
  };
}

async function fetchNewer({ query, known, signal }: { query: string; known: Known; signal: AbortSignal }) {
  const after = known.attempts[0]?.id ?? 0;
  const response = await fetch(`/logs/newer?${query}&after=${after}`, { signal });
  if (response.status === 401) return "signed out";
  if (!response.ok) throw new Error(`The log answered ${response.status}.`);
  return (await response.json()) as NewerAttempts;
}

/** The same object when nothing is new, so that React has nothing to do. */
function join(known: Known, { attempts, hasGap }: NewerAttempts): Known {
  if (hasGap) return { attempts, isCut: true };
  const seen = new Set(known.attempts.map((attempt) => attempt.id));
  const added = attempts.filter((attempt) => !seen.has(attempt.id) && attempt.id > lowest(known));
  if (added.length === 0) return known;
  const all = [...added, ...known.attempts].sort((a, b) => b.id - a.id);
  return { attempts: all.slice(0, MAX_ROWS), isCut: known.isCut || all.length > MAX_ROWS };
}

// The answer also holds rows of the next page, which the reader has not asked for.
function lowest({ attempts }: Known): number {
  return attempts.at(-1)?.id ?? 0;
}

function isReading(container: HTMLElement): boolean {
  const selection = document.getSelection();
  return (
    container.getBoundingClientRect().top < 0 ||
    container.matches(":hover") ||
    container.contains(document.activeElement) ||
    (selection?.type === "Range" && container.contains(selection.anchorNode))
  );
}
