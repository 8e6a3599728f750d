"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SET } from "@/lib/webhooks/field-kinds";

export type SigningSecretProps = {
  value: string;
  isSet: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
  /** Asks for a new one in place of the one that is set; undefined where there is none to rotate. */
  onRotate: (() => void) | undefined;
};

const BYTES = 32;

/** The secret that signs requests. A new one is made here and seen until the form is saved; then never again. */
export function SigningSecret({ value, isSet, error, onChange, onRotate }: SigningSecretProps) {
  const t = useTranslations("webhookForm");
  const isKept = isSet && value === SET;
  const isTyped = !isKept && value !== "";
  return (
    <Field
      label={t("fields.signing_secret")}
      hint={t(isTyped ? "signingSecretNew" : "signingSecretHint")}
      error={error}
      className="border-t pt-4"
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            {...control}
            name="signing_secret"
            value={isKept ? "" : value}
            placeholder={isKept ? t("secretSet") : t(isSet ? "secretCleared" : "secretNone")}
            onChange={({ target }) => onChange(target.value === "" && isSet ? SET : target.value)}
            autoComplete="off"
            spellCheck={false}
            className="min-w-44 flex-1 font-mono text-xs"
          />
          {isTyped && <CopyButton text={value} />}
          {isKept && onRotate ? (
            <Button variant="outline" onClick={onRotate}>
              <KeyRound /> {t("rotate")}
            </Button>
          ) : (
            <Button variant="outline" onClick={() => onChange(newSecret())}>
              <KeyRound /> {t("generate")}
            </Button>
          )}
          {isKept && (
            <Button variant="ghost" onClick={() => onChange("")}>
              {t("clear")}
            </Button>
          )}
          {isSet && !isKept && (
            <Button variant="ghost" onClick={() => onChange(SET)}>
              {t("keepOld")}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}

/** As Standard Webhooks asks for: `whsec_` and 32 random bytes in base64. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
