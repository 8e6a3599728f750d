"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** The digest is what the server's log calls the error; its message never leaves the server. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations("common");
  return (
    <EmptyState
      icon={CircleAlert}
      title={t("errorTitle")}
      text={t("errorText", { digest: error.digest ?? "none" })}
    >
      <Button onClick={reset}>{t("retry")}</Button>
    </EmptyState>
  );
}
