import type { WebhookDraft } from "@/lib/webhooks/draft";

/** What every step of the form takes. */
export type SectionProps = {
  draft: WebhookDraft;
  onChange: (change: Partial<WebhookDraft>) => void;
  /** What is wrong with a field, when it is time to say so. */
  errorOf: (path: string) => string | undefined;
};

/** Beside them: what is typed as JSON and cannot be read yet stands nowhere in the draft. */
export type JsonProblemProps = { onJsonProblem: (path: string, message: string | null) => void };
