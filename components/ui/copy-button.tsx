"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button, type ButtonProps } from "./button";

type CopyButtonProps = Omit<ButtonProps, "onClick" | "children"> & {
  text: string;
  /** Shown beside the icon; without it the icon stands alone. */
  label?: string;
};

/** Puts a text on the clipboard; says so, or how to do it by hand where the browser refuses. */
export function CopyButton({ text, label, ...props }: CopyButtonProps) {
  const t = useTranslations("common");
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
      setTimeout(() => setIsCopied(false), 1500);
    } catch {
      toast.error(t("copyFailed"));
    }
  };
  return (
    <Button
      variant="outline"
      size={label ? "default" : "icon"}
      aria-label={label ? undefined : t("copy")}
      {...props}
      onClick={copy}
    >
      {isCopied ? <Check className="text-success" /> : <Copy />}
      {label && (isCopied ? t("copied") : label)}
    </Button>
  );
}
