import { useSyncExternalStore } from "react";

const subscribe = () => () => {};

/** False until the page's scripts run: a form that they submit must not be sent by the browser before. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
