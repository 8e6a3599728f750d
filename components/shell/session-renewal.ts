import { createContext } from "react";

/**
 * Asks the reader, over the page as it stands, to sign in again. Whether it was done. Outside the panel nobody is
 * asked.
 */
export const SessionRenewal = createContext<() => Promise<boolean>>(async () => false);
