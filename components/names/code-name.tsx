"use client";

import type { NameKind } from "@/lib/names/names";
import { useWords } from "./use-words";

type CodeNameProps = { kind: NameKind; code: string; isShort?: boolean };

/** What people call a code, the code itself on hover; without a name the code, of an organization's its beginning. */
export function CodeName({ kind, code, isShort }: CodeNameProps) {
  const name = useWords()({ kind, code });
  if (name !== null) return <bdi title={code}>{name}</bdi>;
  return (
    <bdi title={code} className="font-mono text-[0.9em]">
      {isShort && code.length > 13 ? `${code.slice(0, 8)}…` : code}
    </bdi>
  );
}
