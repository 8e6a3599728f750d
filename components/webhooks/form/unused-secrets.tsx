import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { AuthType } from "@/lib/outbound/auth-headers";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { SET } from "@/lib/webhooks/field-kinds";
import type { SectionProps } from "./section-props";

type Kept = { label: string; kind: AuthType; isKept: boolean; clear: Partial<WebhookDraft> };

type UnusedSecretsProps = Pick<SectionProps, "draft" | "onChange"> & { isMoved: boolean };

/** Secrets of a kind that is not chosen: they stay stored unless somebody takes them away. */
export function UnusedSecrets({ draft, onChange, isMoved }: UnusedSecretsProps) {
  const t = useTranslations("webhookForm");
  const all: Kept[] = [
    { label: "Token", kind: "bearer", isKept: draft.auth_token === SET, clear: { auth_token: "" } },
    { label: "Password", kind: "basic", isKept: draft.auth_password === SET, clear: { auth_password: "" } },
  ];
  const unused = all.filter(({ kind, isKept }) => isKept && kind !== draft.auth_type);
  if (unused.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-info-soft px-3 py-2 text-[0.8125rem] text-info">
      {t(isMoved ? "unusedSecretsMoved" : "unusedSecrets", {
        names: unused.map(({ label }) => label).join(", "),
      })}
      <Button
        variant="link"
        size="text"
        className="text-[0.8125rem] underline"
        onClick={() => onChange(Object.assign({}, ...unused.map(({ clear }) => clear)))}
      >
        {t("clear")}
      </Button>
    </p>
  );
}
