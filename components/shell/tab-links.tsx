"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { isWithin } from "./sections";

export type TabLink = { href: string; text: string; icon?: LucideIcon; emoji?: string };

/** Pages of one section as a row of tabs; each is a link with an address of its own. */
export function TabLinks({ label, links }: { label: string; links: TabLink[] }) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page means another current tab
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <nav ref={nav} aria-label={label} className="overflow-x-auto border-b">
      <ul className="flex gap-1">
        {links.map(({ href, text, icon: Icon, emoji }) => {
          const isCurrent = isWithin({ pathname, root: href });
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "-mb-px flex h-10 items-center gap-2 whitespace-nowrap rounded-t-md border-transparent border-b-2 px-2 font-medium sm:px-3 text-muted-foreground transition-colors -outline-offset-2 hover:text-foreground",
                  isCurrent && "border-primary text-foreground [&_svg]:text-primary",
                )}
              >
                {/* A phone has room for the words alone. */}
                <span className="hidden sm:contents">
                  {Icon && emoji && <EmojiIcon emoji={emoji} icon={Icon} />}
                  {Icon && !emoji && <Icon className="size-4 shrink-0" aria-hidden />}
                </span>
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
