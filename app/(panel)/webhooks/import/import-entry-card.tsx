"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { FieldMessage } from "@/lib/errors";
import type { ImportEntry } from "@/lib/webhooks/import";

/** An entry with its errors in the reader's language. */
export type PlannedEntry = Omit<ImportEntry, "errors"> & { errors: FieldMessage[] };

type ImportEntryCardProps = {
  entry: PlannedEntry;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  typed: Record<string, string>;
  onType: (field: string, value: string) => void;
  /** What the server had against it when it was to be created. */
  refused: FieldMessage[];
};

/** One webhook of a file: whether it fits, and the secrets that it lacks. */
export function ImportEntryCard({ entry, isChosen, onChoose, typed, onType, refused }: ImportEntryCardProps) {
  const t = useTranslations("webhookFile");
  const id = useId();
  const { index, name, url, needs, errors } = entry;
  const isBroken = errors.length > 0;
  const others = refused.filter(({ path }) => !needs.includes(path));
  return (
    <Card className="grid gap-3 p-4">
      <div className="flex items-start gap-3">
        <Checkbox
          id={id}
          checked={isChosen}
          disabled={isBroken}
          onCheckedChange={onChoose}
          className="mt-0.5"
        />
        <label htmlFor={id} className="grid min-w-0 flex-1 gap-0.5">
          <span className="font-medium [overflow-wrap:anywhere]">
            {name || t("unnamed", { index: index + 1 })}
          </span>
          <span className="break-all font-mono text-muted-foreground text-xs">{url}</span>
        </label>
        {isBroken && <Badge variant="danger">{t("broken")}</Badge>}
      </div>
      <Errors errors={[...errors, ...others]} />
      {!isBroken && isChosen && needs.length > 0 && (
        <div className="grid gap-3 border-t pt-3 sm:grid-cols-2">
          {needs.map((field) => (
            <SecretField
              key={field}
              field={field}
              value={typed[field] ?? ""}
              onType={(value) => onType(field, value)}
              error={refused.find(({ path }) => path === field)?.message}
            />
          ))}
        </div>
      )}
    </Card>
  );
}

function Errors({ errors }: { errors: FieldMessage[] }) {
  if (errors.length === 0) return null;
  return (
    <ul className="grid gap-1 text-[0.8125rem] text-danger">
      {errors.map(({ path, message }) => (
        <li key={`${path} ${message}`} className="[overflow-wrap:anywhere]">
          <code className="font-mono text-xs">{path}</code>: {message}
        </li>
      ))}
    </ul>
  );
}

type SecretFieldProps = {
  field: string;
  value: string;
  onType: (value: string) => void;
  error: string | undefined;
};

function SecretField({ field, value, onType, error }: SecretFieldProps) {
  const t = useTranslations("webhookFile");
  const isUrl = field === "webhook_url";
  const isOptional = field === "signing_secret";
  const Control = isUrl ? Input : PasswordInput;
  return (
    <Field
      label={<code className="font-mono text-xs">{field}</code>}
      hint={isOptional ? t("optional") : undefined}
      error={error}
      isRequired={!isOptional}
      className={isUrl ? "sm:col-span-2" : undefined}
    >
      {(control) => (
        <Control
          {...control}
          value={value}
          onChange={(event) => onType(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
