"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Names } from "@/lib/names/names";

const NamesContext = createContext<Names>({ organization: {}, order_type: {}, status: {} });

/** Gives every page below it the names that people gave organizations, statuses and order types. */
export function NamesProvider({ names, children }: { names: Names; children: ReactNode }) {
  return <NamesContext value={names}>{children}</NamesContext>;
}

export function useNames(): Names {
  return useContext(NamesContext);
}
