"use client";

import { ChevronDown, ChevronUp, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";

type NeighbourLinksProps = { newer: string | null; older: string | null };

// By the key's place, so that it works in the Russian layout too.
const KEYS = { KeyK: "newer", KeyJ: "older" } as const;

/**
 * To the attempts beside this one in the list that it was found in; by keyboard Alt+K and Alt+J, as up and down there:
 * a letter by itself would answer to speech and to slips (WCAG 2.1.4).
 */
export function NeighbourLinks(hrefs: NeighbourLinksProps) {
  const { newer, older } = hrefs;
  const t = useTranslations("logs.neighbours");
  const router = useRouter();
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const way = KEYS[event.code as keyof typeof KEYS];
      const href = { newer, older }[way];
      if (!href || !event.altKey || event.ctrlKey || event.metaKey || isElsewhere(event.target)) return;
      event.preventDefault();
      router.push(href);
    };
    document.addEventListener("keydown", go);
    return () => document.removeEventListener("keydown", go);
  }, [newer, older, router]);
  return (
    <nav aria-label={t("label")} className="flex gap-1">
      <Neighbour href={newer} text={t("newer")} keyName="Alt+K" icon={ChevronUp} />
      <Neighbour href={older} text={t("older")} keyName="Alt+J" icon={ChevronDown} />
    </nav>
  );
}

type NeighbourProps = { href: string | null; text: string; keyName: string; icon: LucideIcon };

function Neighbour({ href, text, keyName, icon: Icon }: NeighbourProps) {
  if (href === null) {
    return (
      <Button variant="ghost" size="sm" disabled>
        <Icon /> {text}
      </Button>
    );
  }
  return (
    <Button variant="ghost" size="sm" asChild>
      <Link href={href} prefetch={false} title={`${text} (${keyName})`} aria-keyshortcuts={keyName}>
        <Icon /> {text}
      </Link>
    </Button>
  );
}

/** Whether the key belongs to a field or a dialog. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog]") !== null
  );
}
