import type { ReactNode } from "react";

/** A part of the help; `id` is its anchor, the same in every language. */
export type HelpSection = { id: string; title: string; content: ReactNode };
