import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { AUTH_TYPES } from "@/lib/outbound/auth-headers";
import { ChoiceCards } from "./choice-cards";
import { ExtraHeaders } from "./extra-headers";
import { HeaderFields } from "./header-fields";
import { SecretField } from "./secret-field";
import type { JsonProblemProps, SectionProps } from "./section-props";
import { SigningSecret, type SigningSecretProps } from "./signing-secret";
import { Step } from "./step";
import { UnusedSecrets } from "./unused-secrets";

type AuthStepProps = SectionProps &
  JsonProblemProps & {
    /** Which secrets are set and can be kept. */
    isSet: { auth_token: boolean; auth_password: boolean };
    /** Whether the address leads to another origin than it did, where no stored secret may go unasked. */
    isMoved: boolean;
    signing: Pick<SigningSecretProps, "isSet" | "onRotate">;
  };

/** «Настройте авторизацию» of the guide, and the signature. */
export function AuthStep(props: AuthStepProps) {
  const { draft, onChange, errorOf, isSet, isMoved, signing } = props;
  const t = useTranslations("webhookForm");
  return (
    <Step number={4} title={t("fields.auth_type")} hint={t("authHint")}>
      <ChoiceCards
        label={t("fields.auth_type")}
        value={draft.auth_type}
        onChange={(auth_type) => onChange({ auth_type })}
        options={AUTH_TYPES.map((value) => ({
          value,
          label: t(`authTypes.${value}`),
          hint: t(`authTypeHints.${value}`),
        }))}
        className="sm:grid-cols-2"
      />
      {draft.auth_type === "bearer" && (
        <SecretField
          label="Token"
          name="auth_token"
          value={draft.auth_token}
          isSet={isSet.auth_token}
          error={errorOf("auth_token")}
          onChange={(auth_token) => onChange({ auth_token })}
        />
      )}
      {draft.auth_type === "basic" && (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Username" error={errorOf("auth_username")} isRequired>
            {(control) => (
              <Input
                {...control}
                name="auth_username"
                value={draft.auth_username}
                onChange={(event) => onChange({ auth_username: event.target.value })}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <SecretField
            label="Password"
            name="auth_password"
            value={draft.auth_password}
            isSet={isSet.auth_password}
            error={errorOf("auth_password")}
            onChange={(auth_password) => onChange({ auth_password })}
          />
        </div>
      )}
      {draft.auth_type === "custom" ? <HeaderFields {...props} /> : <ExtraHeaders {...props} />}
      {isMoved && (draft.auth_type !== "none" || draft.custom_headers.length > 0) && (
        <p role="status" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
          {t("movedHint")}
        </p>
      )}
      <UnusedSecrets draft={draft} onChange={onChange} isMoved={isMoved} />
      <SigningSecret
        {...signing}
        value={draft.signing_secret}
        error={errorOf("signing_secret")}
        onChange={(signing_secret) => onChange({ signing_secret })}
      />
    </Step>
  );
}
