import { Hourglass, Unplug } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { HeldUp } from "@/lib/log/held-up";
import { StateBadge } from "./state-badge";

/** Beside the state of a webhook that is on: why it sends nothing all the same. */
export function HeldUpBadge({ kind }: { kind: HeldUp["kind"] }) {
  const t = useTranslations("webhooks.heldUp");
  if (kind === "held") return <StateBadge isActive={false} isHeld />;
  const Icon = kind === "down" ? Unplug : Hourglass;
  return (
    <Badge variant={kind === "down" ? "danger" : "warning"}>
      <Icon aria-hidden /> {t(kind)}
    </Badge>
  );
}
