import { Lock } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import type { Role } from "@/lib/auth/actor";

/** In place of a page that needs a stronger role than the reader has. */
export async function NoAccess({ needed }: { needed: Role }) {
  const t = await getTranslations("common");
  return (
    <EmptyState
      icon={Lock}
      title={t("noAccessTitle")}
      text={t("noAccessText", { role: t(`roles.${needed}`) })}
    />
  );
}
