"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/**
 * The digest is what the server's log calls the error; its message never leaves the server. Without one the message is
 * the server's answer to a save that it refused before a page saw it (scripts/edge/server.mjs), or the browser's own.
 */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations("common");
  return (
    <EmptyState
      icon={CircleAlert}
      title={t("errorTitle")}
      text={error.digest ? t("errorText", { digest: error.digest }) : error.message}
    >
      <Button onClick={reset}>{t("retry")}</Button>
    </EmptyState>
  );
}
