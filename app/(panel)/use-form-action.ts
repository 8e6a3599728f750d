"use client";

import { useState, useTransition } from "react";
import type { Refused } from "./action";
import { type Action, useAction } from "./use-action";

/** A form's action: sends what is typed, and keeps why it was refused, in all and field by field. */
export function useFormAction<Input, Data>(action: Action<Input, Data>) {
  const act = useAction(action);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, startTransition] = useTransition();
  const errors = refused?.errors ?? [];
  return {
    /** `onDone` hears of what was done. */
    send: (input: Input, onDone: (data: Data) => void) =>
      startTransition(async () => {
        const result = await act(input);
        setRefused(result.ok ? null : result);
        if (result.ok) onDone(result.data);
      }),
    isBusy,
    refused,
    refuse: setRefused,
    errorOf: (path: string) => errors.find((error) => error.path === path)?.message,
    /** What no field says. */
    message: refused && errors.length === 0 ? refused.message : null,
  };
}
