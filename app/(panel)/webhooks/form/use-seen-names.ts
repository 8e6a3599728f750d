import { useEffect, useState } from "react";
import type { SeenName } from "@/lib/names/seen";
import { seenNamesAction } from "../names-action";

/** What filters can offer by name; it appears when it is there. */
export function useSeenNames(): SeenName[] {
  const [names, setNames] = useState<SeenName[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const show = (answer: Awaited<ReturnType<typeof seenNamesAction>>) => {
      if (isCurrent && answer.ok) setNames(answer.data);
    };
    // Without an answer nothing is offered.
    seenNamesAction({}).then(show, () => {});
    return () => {
      isCurrent = false;
    };
  }, []);
  return names;
}
