"use client";

import type { ComponentProps } from "react";
import { NativeSelect } from "./native-select";

type ChoiceSelectProps<Value extends string> = Omit<ComponentProps<"select">, "value" | "onChange"> & {
  value: Value;
  values: readonly Value[];
  textOf: (value: Value) => string;
  onChoose: (value: Value) => void;
};

/** One of a few values from the browser's own list. */
export function ChoiceSelect<Value extends string>({
  values,
  textOf,
  onChoose,
  ...props
}: ChoiceSelectProps<Value>) {
  return (
    <NativeSelect
      {...props}
      onChange={({ target }) => {
        const chosen = values.find((value) => value === target.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {values.map((value) => (
        <option key={value} value={value}>
          {textOf(value)}
        </option>
      ))}
    </NativeSelect>
  );
}
