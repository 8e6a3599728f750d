"use client";

import { Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeBlock } from "@/components/logs/code-block";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";

/** The command to look at and copy, with what one must know before running it. */
export function CurlDialog({ command, notes }: { command: string; notes: string[] }) {
  const t = useTranslations("logs");
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="outline">
          <Terminal /> {t("curl")}
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t("curlTitle")}</DialogTitle>
          <DialogDescription>{notes.join(" ")}</DialogDescription>
        </DialogHeader>
        <CodeBlock label={t("curlTitle")} text={command} className="max-h-96" />
        <CopyButton text={command} label={t("curl")} variant="primary" className="justify-self-end" />
      </DialogContent>
    </Dialog>
  );
}
