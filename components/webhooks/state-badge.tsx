import { Check, Pause } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { EmojiIcon } from "@/components/ui/emoji-icon";

type StateBadgeProps = {
  isActive: boolean;
  /** Paused, while its orders wait. */
  isHeld?: boolean;
};

/** ✅ or ⏸, as the guide has it. */
export function StateBadge({ isActive, isHeld = false }: StateBadgeProps) {
  const t = useTranslations("webhooks");
  return (
    <Badge variant={isActive ? "success" : "warning"}>
      <EmojiIcon emoji={isActive ? "✅" : "⏸"} icon={isActive ? Check : Pause} />
      {isActive ? t("active") : t(isHeld ? "pause.badge" : "inactive")}
    </Badge>
  );
}
