import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";

type SourceCardProps = { title: string; address: string; children: ReactNode };

/** One that orders come from: what to enter there, and the address that it sends to. */
export function SourceCard({ title, address, children }: SourceCardProps) {
  const t = useTranslations("sources");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        {children}
        <div className="flex items-center gap-2">
          <span className="text-muted-foreground">{t("address")}</span>
          <code className="font-mono text-xs [overflow-wrap:anywhere]">{address}</code>
          <CopyButton text={address} size="icon-sm" variant="ghost" />
        </div>
      </CardContent>
    </Card>
  );
}
