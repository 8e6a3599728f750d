import { Check, Pause } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { EmojiIcon } from "@/components/ui/emoji-icon";

/** ✅ or ⏸, as the guide has it. */
export function StateBadge({ isActive }: { isActive: boolean }) {
  const t = useTranslations("webhooks");
  return (
    <Badge variant={isActive ? "success" : "warning"}>
      <EmojiIcon emoji={isActive ? "✅" : "⏸"} icon={isActive ? Check : Pause} />
      {t(isActive ? "active" : "inactive")}
    </Badge>
  );
}
