"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { filterHref, type ListFilter, STATES, type State } from "./list-filter";

const WAIT_MS = 250;

/** Search and state of the list; both live in the address, so a found list can be sent to a colleague. */
export function ListFilters({ filter, counts }: { filter: ListFilter; counts: Record<State, number> }) {
  const t = useTranslations("webhooks");
  const router = useRouter();
  const [typed, setTyped] = useState(filter.search);
  const sent = useRef(filter.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Another way than typing changed the search, such as «Показать все» or the back button.
  useEffect(() => {
    if (filter.search !== sent.current.trim()) setTyped(filter.search);
    sent.current = filter.search;
  }, [filter.search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = text;
      router.replace(filterHref({ ...filter, search: text, page: 1 }), { scroll: false });
    }, WAIT_MS);
  };

  return (
    <search className="flex flex-wrap items-center gap-3">
      <div className="relative min-w-52 flex-1 sm:max-w-xs">
        <Search
          className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted-foreground"
          aria-hidden
        />
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={typed}
          onChange={(event) => type(event.target.value)}
          className="pl-9"
        />
      </div>
      <nav aria-label={t("state")} className="flex gap-0.5 rounded-lg bg-secondary p-1">
        {STATES.map((state) => (
          <Link
            key={state}
            href={filterHref({ ...filter, search: typed, state, page: 1 })}
            scroll={false}
            aria-current={state === filter.state ? "true" : undefined}
            className={cn(
              "flex h-7 items-center gap-1.5 rounded-md px-3 font-medium text-[0.8125rem] text-muted-foreground transition-colors hover:text-foreground",
              state === filter.state && "bg-card text-foreground shadow-card",
            )}
          >
            {t(`states.${state}`)} <span className="font-normal tabular-nums">{counts[state]}</span>
          </Link>
        ))}
      </nav>
    </search>
  );
}
