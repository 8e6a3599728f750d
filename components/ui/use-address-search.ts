"use client";

import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

type AddressSearch<Search> = {
  /** What was asked for last, also while it is on its way: the next choice adds to that. */
  search: Search;
  isPending: boolean;
  /** Goes to the first page of `search` with this change. */
  change: (change: Partial<Search>) => void;
  /** Goes to exactly this search. */
  replace: (search: Search) => void;
};

/** A list's search and filters that live in the address, so that they can be shared and stepped back through. */
export function useAddressSearch<Search extends { before?: number | undefined }>({
  shown,
  href,
}: {
  /** What the page that stands there was asked for. */
  shown: Search;
  href: (search: Search) => string;
}): AddressSearch<Search> {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [search, ask] = useOptimistic(shown);
  const replace = (asked: Search) =>
    startTransition(() => {
      ask(asked);
      router.push(href(asked), { scroll: false });
    });
  return {
    search,
    isPending,
    change: (change) => replace({ ...search, before: undefined, ...change }),
    replace,
  };
}
