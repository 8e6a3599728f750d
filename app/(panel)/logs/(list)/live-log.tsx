"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Attempt } from "@/components/logs/attempt-row";
import { AttemptsTable } from "@/components/logs/attempts-table";
import { LiveState } from "@/components/logs/live-state";
import { Button } from "@/components/ui/button";
import { OlderLinks } from "@/components/ui/older-links";
import { toQueryString } from "@/lib/http/query-string";
import { type LogSearch, logHref } from "../log-search";
import { useNewerAttempts } from "./use-newer-attempts";

type LiveLogProps = { initial: Attempt[]; search: LogSearch; hasOlder: boolean; emptyState: React.ReactNode };

// Where the page counts more new rows than this, the number says nothing any more.
const MANY = 99;

export function LiveLog({ initial, search, hasOlder, emptyState }: LiveLogProps) {
  const t = useTranslations();
  const container = useRef<HTMLDivElement>(null);
  const [newAbove] = useState(initial[0]?.id ?? 0);
  const isFixed = search.until !== undefined && new Date(search.until) < new Date();
  const isLive = search.before === undefined && !isFixed;
  const query = toQueryString({ ...search, before: undefined });
  const { attempts, isCut, isOffline, newCount, showNewer } = useNewerAttempts({
    initial,
    query,
    isLive,
    container,
  });
  const last = attempts.at(-1);
  const showTop = () => {
    showNewer();
    container.current?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <LiveState state={isOffline ? "offline" : liveState({ search, isFixed })} />
      <div className="sticky top-3 z-20 -mt-3 flex h-0 justify-center" aria-live="polite">
        {newCount > 0 && (
          <Button size="sm" className="mt-1 rounded-full shadow-float" onClick={showTop}>
            <ArrowUp /> {newCount > MANY ? t("logs.manyNewRows") : t("logs.newRows", { count: newCount })}
          </Button>
        )}
      </div>
      <div ref={container} className="scroll-mt-4">
        {attempts.length > 0 ? (
          <AttemptsTable attempts={attempts} newAbove={newAbove} query={query} />
        ) : (
          emptyState
        )}
      </div>
      <OlderLinks
        newest={search.before === undefined ? null : logHref({ ...search, before: undefined })}
        older={last && (hasOlder || isCut) ? logHref({ ...search, before: last.id }) : null}
      />
    </div>
  );
}

function liveState({ search, isFixed }: { search: LogSearch; isFixed: boolean }) {
  if (search.before !== undefined) return "paged";
  return isFixed ? "fixed" : "live";
}
