import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type HeaderDraft, SET } from "@/lib/webhooks/field-kinds";
import { JsonMirror } from "./json-mirror";
import { readHeaders, writeHeaders } from "./read-json";
import type { JsonProblemProps, SectionProps } from "./section-props";

const EXAMPLE = `{
  "X-API-Key": "your-api-key",
  "X-Custom-Header": "value"
}`;

/** Custom headers line by line and, in step with the lines, as the JSON object of the guide. */
export function HeaderFields({ draft, onChange, errorOf, onJsonProblem }: SectionProps & JsonProblemProps) {
  const t = useTranslations("webhookForm");
  const id = useId();
  const headers = draft.custom_headers.length === 0 ? [{ name: "", value: "" }] : draft.custom_headers;
  const set = (custom_headers: HeaderDraft[]) => onChange({ custom_headers });
  const change = (index: number, part: Partial<HeaderDraft>) =>
    set(headers.map((header, at) => (at === index ? { ...header, ...part } : header)));
  const error =
    errorOf("custom_headers") ?? headers.map(({ name }) => errorOf(`custom_headers.${name}`)).find(Boolean);
  return (
    <div className="grid gap-4">
      <fieldset className="grid content-start gap-2">
        <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("fields.custom_headers")}</legend>
        {headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own until it is typed
          <div key={index} className="grid grid-cols-[1fr_1fr_auto] gap-1.5">
            <Input
              aria-label={t("headerName", { number: index + 1 })}
              aria-invalid={errorOf(`custom_headers.${header.name}`) ? true : undefined}
              value={header.name}
              placeholder="X-API-Key"
              onChange={(event) => change(index, { name: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
            />
            <Input
              aria-label={t("headerValue", { number: index + 1 })}
              value={header.value === SET ? "" : header.value}
              placeholder={header.value === SET ? t("headerSet") : "value"}
              onChange={(event) => change(index, { value: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("removeHeader", { number: index + 1 })}
              onClick={() => set(headers.filter((_, at) => at !== index))}
            >
              <X />
            </Button>
          </div>
        ))}
        <Button
          variant="outline"
          size="sm"
          className="w-fit"
          onClick={() => set([...headers, { name: "", value: "" }])}
        >
          <Plus /> {t("addHeader")}
        </Button>
      </fieldset>
      <div className="grid gap-1.5">
        <p className="font-medium text-[0.8125rem] leading-5" aria-hidden>
          Custom Headers
        </p>
        <JsonMirror
          name="custom_headers"
          label="Custom Headers"
          value={draft.custom_headers}
          write={writeHeaders}
          read={readHeaders}
          onChange={set}
          onProblem={(isUnreadable) =>
            onJsonProblem("custom_headers", isUnreadable ? t("errors.jsonObject") : null)
          }
          error={error}
          errorId={`${id}-error`}
          placeholder={EXAMPLE}
        />
        <p className="text-muted-foreground text-xs">{t("headersHint")}</p>
        <FieldError id={`${id}-error`} error={error} />
      </div>
    </div>
  );
}
