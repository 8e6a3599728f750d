"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "../../action";
import type { Action } from "../../use-action";

const WAIT_MS = 400;

type Asking<Input, Data> = {
  action: Action<Input, Data>;
  /** Null asks for nothing. */
  input: Input | null;
};

/**
 * What an action says of something that is typed, asked for a moment after it changed: the last answer that came, and
 * whether it is one to something else.
 */
export function useAnswer<Input, Data>({
  action,
  input,
}: Asking<Input, Data>): { data: Data | null; isStale: boolean } {
  const asked = JSON.stringify(input);
  const [answer, setAnswer] = useState<{ asked: string; data: Data } | null>(null);
  useEffect(() => {
    const given: Input | null = JSON.parse(asked);
    if (given === null) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await action(given).catch(() => null);
      if (isCurrent && result?.ok) setAnswer({ asked, data: result.data });
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked, action]);
  return { data: answer?.data ?? null, isStale: answer?.asked !== asked };
}

/** What an action offers, asked for once; an empty list until it is there, and where no answer comes. */
export function useOffered<Item>(action: Action<Record<string, never>, Item[]>): Item[] {
  const [items, setItems] = useState<Item[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const show = (answer: ActionResult<Item[]>) => {
      if (isCurrent && answer.ok) setItems(answer.data);
    };
    action({}).then(show, () => {});
    return () => {
      isCurrent = false;
    };
  }, [action]);
  return items;
}
