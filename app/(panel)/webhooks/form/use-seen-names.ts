import { useEffect, useState } from "react";
import type { SeenName } from "@/lib/names/seen";
import { seenNamesAction } from "../names-action";

/** What filters can offer by name; it appears when it is there. */
export function useSeenNames(): SeenName[] {
  const [names, setNames] = useState<SeenName[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void seenNamesAction({}).then((answer) => {
      if (isCurrent && answer.ok) setNames(answer.data);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return names;
}
