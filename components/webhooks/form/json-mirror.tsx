"use client";

import { useEffect, useState } from "react";
import { Textarea } from "@/components/ui/textarea";

type JsonMirrorProps<Value> = {
  name: string;
  label: string;
  value: Value;
  /** How the value is written: on one line, or indented. */
  write: (value: Value) => string;
  /** What a text says; null when it cannot be read. */
  read: (text: string) => Value | null;
  onChange: (value: Value) => void;
  /** Hears whether what is typed can be read. */
  onProblem: (isUnreadable: boolean) => void;
  error?: string | undefined;
  placeholder?: string;
  errorId?: string;
};

/** The same value once more as JSON. Each follows the other; what cannot be read stays as typed and says so. */
export function JsonMirror<Value>(props: JsonMirrorProps<Value>) {
  const { name, label, value, write, read, onChange, onProblem, error, placeholder, errorId } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const written = write(value);
  const [lastWritten, setLastWritten] = useState(written);
  // The value changed by the other way: what was typed here is out of date.
  if (written !== lastWritten) {
    setLastWritten(written);
    const said = typed === null ? null : read(typed);
    if (said === null || write(said) !== written) setTyped(null);
  }
  const isUnreadable = typed !== null && read(typed) === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form hears of a change, not of a new function
  useEffect(() => onProblem(isUnreadable), [isUnreadable]);

  const type = (text: string) => {
    setTyped(text);
    const said = read(text);
    if (said !== null) onChange(said);
  };
  return (
    <Textarea
      name={name}
      aria-label={label}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? errorId : undefined}
      value={typed ?? written}
      placeholder={placeholder}
      onChange={(event) => type(event.target.value)}
      onBlur={() => isUnreadable || setTyped(null)}
      rows={1}
      spellCheck={false}
      autoComplete="off"
      className="min-h-8 resize-none py-1.5 font-mono text-xs leading-5"
    />
  );
}
