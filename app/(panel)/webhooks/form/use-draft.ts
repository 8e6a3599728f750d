"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldError, FieldMessage } from "@/lib/errors";
import { findJsonMistake } from "@/lib/http/json-syntax";
import { quotePlaceholders } from "@/lib/payloads/quote-placeholders";
import { refusalText } from "@/lib/refusals/refusal-text";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { draftErrors } from "@/lib/webhooks/draft-errors";
import { RANGES } from "@/lib/webhooks/fields";

const OWN_WORDS = ["name", "description"] as const;

/** The form's state: what is typed, what is wrong with it, and which of that it is time to say. */
export function useDraft(initial: WebhookDraft) {
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<FieldMessage[]>([]);
  const [jsonProblems, setJsonProblems] = useState<Record<string, string>>({});
  const [isSubmitted, setIsSubmitted] = useState(false);
  const worded = useWording();

  const own = draftErrors(draft, initial);
  const errors: FieldMessage[] = [
    ...Object.entries(jsonProblems).map(([path, message]) => ({ path, message })),
    ...own.map((error) => ({ path: error.path, message: worded({ error, draft }) })),
    ...refused,
  ];
  const isShown = (path: string) =>
    isSubmitted ||
    path in jsonProblems ||
    touched.has(path) ||
    (SHOWN_AS_TYPED.has(path) && draft[path as keyof WebhookDraft] !== "");

  return {
    draft,
    change: (change: Partial<WebhookDraft>) => {
      setDraft((before) => ({ ...before, ...change }));
      setRefused((before) => before.filter(({ path }) => !Object.keys(change).includes(topOf(path))));
    },
    touch: (path: string) => {
      const isTyped =
        path in draft && draft[path as keyof WebhookDraft] !== initial[path as keyof WebhookDraft];
      if (isTyped && !touched.has(path)) setTouched(new Set(touched).add(path));
    },
    errorOf: (path: string) => {
      const error = errors.find((found) => found.path === path);
      const isServers = error !== undefined && refused.includes(error);
      return error && (isServers || isShown(topOf(path))) ? error.message : undefined;
    },
    onJsonProblem: (path: string, message: string | null) =>
      setJsonProblems(({ [path]: _gone, ...others }) =>
        message === null ? others : { ...others, [path]: message },
      ),
    hasErrors: own.length > 0 || Object.keys(jsonProblems).length > 0,
    refuse: setRefused,
    /** From now on every error is shown. */
    submit: () => setIsSubmitted(true),
    isDirty: JSON.stringify(draft) !== JSON.stringify(initial),
  };
}

/** Where a person looks at the result while typing, a late error would surprise. */
const SHOWN_AS_TYPED = new Set([
  "custom_payload_template",
  "filter_organization_ids",
  "filter_order_types",
  "filter_statuses",
]);

function topOf(path: string): string {
  return path.split(".")[0] ?? path;
}

/** The words for what the rules say: the panel's own where the API's would sound odd in a form. */
function useWording() {
  const t = useTranslations("webhookForm.errors");
  const locale = useLocale();
  return ({ error, draft }: { error: FieldError; draft: WebhookDraft }): string => {
    const { path, refusal } = error;
    if (path === "webhook_url" && draft.webhook_url.trim() === "") return t("webhook_url");
    if (path === "custom_payload_template" && refusal.code.startsWith("template_not_json")) {
      const { line, column } = findJsonMistake(quotePlaceholders(draft.custom_payload_template));
      return t("template", { line, column });
    }
    if (path in RANGES) return t("number", RANGES[path as keyof typeof RANGES]);
    const own = OWN_WORDS.find((field) => field === path);
    return own ? t(own) : sentence(refusalText(refusal, locale));
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
