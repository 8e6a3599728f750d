/** Heard by `LiveRefresh`. */
export const REFRESH_SOON = "iiko-webhooks:refresh-soon";

/** Has a live page look for news within a second: what somebody just did goes on after its answer. */
export function refreshSoon(): void {
  window.dispatchEvent(new Event(REFRESH_SOON));
}
