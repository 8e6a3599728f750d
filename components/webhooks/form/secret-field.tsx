import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { SET } from "@/lib/webhooks/field-kinds";

type SecretFieldProps = {
  label: string;
  name: string;
  value: string;
  /** Whether there is one already, which can be kept but never shown. */
  isSet: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
};

/** A secret. One that is set says only so; what is typed replaces it, and nothing typed keeps it. */
export function SecretField({ label, name, value, isSet, error, onChange }: SecretFieldProps) {
  const t = useTranslations("webhookForm");
  return (
    <Field label={label} hint={isSet ? t("secretHint") : undefined} error={error} isRequired={!isSet}>
      {(control) => (
        <PasswordInput
          {...control}
          name={name}
          value={value === SET ? "" : value}
          placeholder={isSet ? t("secretSet") : undefined}
          onChange={({ target }) => onChange(target.value === "" && isSet ? SET : target.value)}
          autoComplete="new-password"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
