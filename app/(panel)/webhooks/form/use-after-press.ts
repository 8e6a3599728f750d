"use client";

import { useEffect, useRef } from "react";

/**
 * Returns what runs work at once, or, while a pointer is pressed, after its release: whatever moves the page between
 * the two takes the click away from what was pressed.
 */
export function useAfterPress(): (work: () => void) => void {
  const isPressed = useRef(false);
  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    const set = (value: boolean) => () => {
      isPressed.current = value;
    };
    addEventListener("pointerdown", set(true), options);
    addEventListener("pointerup", set(false), options);
    addEventListener("pointercancel", set(false), options);
    return () => listening.abort();
  }, []);
  return (work) => {
    if (!isPressed.current) return work();
    // The click follows within the same turn.
    addEventListener("pointerup", () => setTimeout(work), { once: true });
  };
}
