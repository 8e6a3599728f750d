"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { Badge } from "./badge";
import { cn } from "./cn";
import type { FieldControl } from "./field";
import { fieldClasses } from "./input";

type TagInputProps = Partial<FieldControl> & {
  values: string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  /** What people call a word of the list; null where it stands for itself. */
  nameOf?: (value: string) => string | null;
};

// A JSON array is what the guide has people paste; brackets and quotes fall away with the commas.
const SEPARATORS = /[\s,;"'[\]]+/;

/** A list of words: Enter or a comma adds one, Backspace takes the last, a pasted JSON array adds all of its. */
export function TagInput({ values, onChange, placeholder, nameOf, ...control }: TagInputProps) {
  const t = useTranslations("common");
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    onChange([...new Set([...values, ...text.split(SEPARATORS).filter(Boolean)])]);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add(typed);
    }
    if (event.key === "Backspace" && typed === "") onChange(values.slice(0, -1));
  };
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault();
    add(typed + event.clipboardData.getData("text"));
  };
  return (
    <div
      className={cn(
        fieldClasses,
        "flex min-h-9 flex-wrap items-center gap-1.5 px-2 py-1 focus-within:border-ring",
      )}
    >
      {values.map((value) => (
        <Badge key={value} variant="accent" className="max-w-full rounded-md" title={value}>
          <Tag value={value} name={nameOf?.(value) ?? null} />
          <button
            type="button"
            className="-mr-1 rounded-sm p-0.5 hover:bg-primary/15"
            aria-label={t("remove", { value })}
            onClick={() => onChange(values.filter((other) => other !== value))}
          >
            <X />
          </button>
        </Badge>
      ))}
      <input
        {...control}
        className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none placeholder:text-muted-foreground"
        value={typed}
        placeholder={values.length === 0 ? placeholder : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add(typed)}
      />
    </div>
  );
}

function Tag({ value, name }: { value: string; name: string | null }) {
  return <span className={cn("truncate", name === null && "font-mono")}>{name ?? value}</span>;
}
