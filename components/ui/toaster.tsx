"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner, type ToasterProps } from "sonner";

/** Where `toast()` of sonner appears: `import { toast } from "sonner"`. */
export function Toaster() {
  const t = useTranslations("common");
  const { theme = "system" } = useTheme();
  return (
    <Sonner
      theme={theme as NonNullable<ToasterProps["theme"]>}
      // Save stands at the bottom of a form, a dialog's buttons at the bottom of a dialog.
      position="top-center"
      containerAriaLabel={t("notifications")}
      style={
        {
          "--normal-bg": "var(--popover)",
          "--normal-text": "var(--popover-foreground)",
          "--normal-border": "var(--border)",
          "--border-radius": "var(--radius)",
          fontFamily: "var(--font-sans)",
        } as React.CSSProperties
      }
      toastOptions={{
        classNames: {
          success: "[&_[data-icon]]:text-success",
          error: "[&_[data-icon]]:text-danger",
          warning: "[&_[data-icon]]:text-warning",
        },
      }}
    />
  );
}
