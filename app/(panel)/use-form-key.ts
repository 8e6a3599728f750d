"use client";

import { useCallback, useRef } from "react";
import type { ActionResult } from "./action";
import type { Action } from "./use-action";

const KEY_BYTES = 16;

/**
 * An action that makes something, so that the same input sent again, because no answer came, makes nothing again.
 * After an answer, or with another input, it makes something new.
 */
export function useFormKey<Input, Data>(
  action: (input: Input, formKey: string) => Promise<ActionResult<Data>>,
): Action<Input, Data> {
  const sent = useRef<{ text: string; key: string } | null>(null);
  return useCallback(
    async (input) => {
      const text = JSON.stringify(input);
      if (sent.current?.text !== text) sent.current = { text, key: newKey() };
      const result = await action(input, sent.current.key);
      if (result.ok) sent.current = null;
      return result;
    },
    [action],
  );
}

/** Not `crypto.randomUUID`, which a page over http:// does not have. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
