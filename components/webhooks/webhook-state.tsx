import { Check, Hourglass, TriangleAlert, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import type { HealthState } from "@/lib/webhooks/health";
import { StateBadge } from "./state-badge";

const TROUBLES = {
  down: { variant: "danger", icon: Unplug, label: "heldUp.down" },
  failing: { variant: "danger", icon: TriangleAlert, label: "failing" },
  unsteady: { variant: "warning", icon: TriangleAlert, label: "unsteady" },
  paused: { variant: "warning", icon: Hourglass, label: "heldUp.paused" },
} as const;

/** ✅ or ⏸, as the guide has it; one that is on and in trouble says which beside a small ✅. */
export function WebhookState({ isActive, state }: { isActive: boolean; state: HealthState }) {
  const t = useTranslations("webhooks");
  const trouble = isActive ? TROUBLES[state as keyof typeof TROUBLES] : undefined;
  if (!trouble) return <StateBadge isActive={isActive} isHeld={state === "held"} />;
  const Icon = trouble.icon;
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="text-success" title={t("active")}>
        <EmojiIcon emoji="✅" icon={Check} className="size-3.5 shrink-0" />
        <span className="sr-only">{t("active")}</span>
      </span>
      <Badge variant={trouble.variant}>
        <Icon aria-hidden /> {t(trouble.label)}
      </Badge>
    </span>
  );
}
