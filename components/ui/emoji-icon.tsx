import type { LucideIcon } from "lucide-react";

/** An emoji of the guide, drawn as an icon: it looks alike on every system and is still read and found as text. */
export function EmojiIcon({
  emoji,
  icon: Icon,
  className,
}: {
  emoji: string;
  icon: LucideIcon;
  className?: string;
}) {
  return (
    <>
      <Icon className={className ?? "size-4 shrink-0"} aria-hidden />
      <span className="sr-only">{emoji} </span>
    </>
  );
}
