"use client";

import { Search } from "lucide-react";
import { type ComponentProps, useEffect, useRef } from "react";
import { cn } from "./cn";
import { Input } from "./input";

const PAUSE_MS = 500;

type SearchInputProps = Omit<ComponentProps<"input">, "onChange" | "defaultValue"> & {
  initial: string;
  /** With what stands there, trimmed, after a pause in typing or on Enter. */
  onSearch: (text: string) => void;
};

/** A field that searches while one types. */
export function SearchInput({ initial, onSearch, className, ...props }: SearchInputProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(initial);
  const input = useRef<HTMLInputElement>(null);
  // After the pause it is the parent of then that hears, which knows what else was chosen meanwhile.
  const listener = useRef(onSearch);
  useEffect(() => {
    listener.current = onSearch;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  // Another address, by the back button or a reset, brings another text.
  useEffect(() => {
    if (initial === sent.current) return;
    sent.current = initial;
    if (input.current) input.current.value = initial;
  }, [initial]);
  const search = (text: string) => {
    clearTimeout(timer.current);
    if (text === sent.current) return;
    sent.current = text;
    listener.current(text);
  };
  const searchSoon = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(search, PAUSE_MS, text);
  };
  return (
    <span className={cn("relative inline-flex w-full", className)}>
      <Search
        className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted-foreground"
        aria-hidden
      />
      <Input
        ref={input}
        type="search"
        autoComplete="off"
        className="pl-8"
        defaultValue={initial}
        onChange={({ target }) => searchSoon(target.value.trim())}
        onKeyDown={(event) => event.key === "Enter" && search(event.currentTarget.value.trim())}
        {...props}
      />
    </span>
  );
}
