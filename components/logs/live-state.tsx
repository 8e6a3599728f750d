import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";

const DOTS = {
  live: "bg-success motion-safe:animate-pulse",
  offline: "bg-danger",
  paged: "bg-muted-foreground/50",
  fixed: "bg-muted-foreground/50",
};

/** Whether the list below keeps up with what happens. */
export function LiveState({ state }: { state: keyof typeof DOTS }) {
  const t = useTranslations("logs");
  const texts = { live: t("live"), offline: t("liveOff"), paged: t("paged"), fixed: t("fixed") };
  return (
    <p role="status" className="flex items-center gap-2 text-muted-foreground text-xs">
      <span className={cn("size-2 rounded-full", DOTS[state])} aria-hidden />
      {texts[state]}
    </p>
  );
}
