import { useTranslations } from "next-intl";
import { useState } from "react";
import { HeaderFields } from "./header-fields";
import type { JsonProblemProps, SectionProps } from "./section-props";

/** Custom headers beside another kind of authorisation: they go with every one, and few need them. */
export function ExtraHeaders(props: SectionProps & JsonProblemProps) {
  const t = useTranslations("webhookForm");
  const [isOpen, setIsOpen] = useState(props.draft.custom_headers.length > 0);
  const isShown = isOpen || props.errorOf("custom_headers") !== undefined;
  return (
    <details
      open={isShown}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="group rounded-lg border px-3 py-2.5"
    >
      <summary className="rounded-sm font-medium text-[0.8125rem]">{t("extraHeaders")}</summary>
      {isShown && (
        <div className="mt-2 grid gap-3">
          <p className="text-muted-foreground text-xs">{t("extraHeadersHint")}</p>
          <HeaderFields {...props} />
        </div>
      )}
    </details>
  );
}
