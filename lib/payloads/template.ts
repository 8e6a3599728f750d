import type { FieldError } from "@/lib/errors";
import { isNestedDeeperThan } from "@/lib/orders/nesting";
import { describeUnknownPlaceholder } from "./describe-unknown-placeholder";
import type { PayloadInput } from "./payload-input";
import { PLACEHOLDERS, placeholderValues } from "./placeholders";

/** Keeps the largest body a template can make of the largest order event within one JavaScript string. */
export const MAX_TEMPLATE_PLACEHOLDERS = 64;
const MAX_TEMPLATE_NESTING = 64;

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const KNOWN_NAMES = new Set(PLACEHOLDERS.map(({ name }) => name));

export type TemplateCheck = { ok: true } | { ok: false; errors: FieldError[] };

/** Judges a JSON template before it is saved; each error's `path` is the place inside the template's JSON. */
export function validateTemplate(text: string): TemplateCheck {
  let template: unknown;
  try {
    template = JSON.parse(text);
  } catch (error) {
    return { ok: false, errors: [{ path: "", message: notJsonMessage({ text, error }) }] };
  }
  if (isNestedDeeperThan({ value: template, limit: MAX_TEMPLATE_NESTING })) {
    const message = `nested too deeply: at most ${MAX_TEMPLATE_NESTING} levels are allowed`;
    return { ok: false, errors: [{ path: "", message }] };
  }
  const strings = stringsWithin({ value: template, path: "" });
  const count = strings.reduce((sum, string) => sum + (string.text.match(PLACEHOLDER)?.length ?? 0), 0);
  if (count > MAX_TEMPLATE_PLACEHOLDERS) {
    const message = `has ${count} placeholders: at most ${MAX_TEMPLATE_PLACEHOLDERS} are allowed`;
    return { ok: false, errors: [{ path: "", message }] };
  }
  const errors = strings.flatMap(errorsInString);
  return errors.length > 0 ? { ok: false, errors } : { ok: true };
}

/**
 * The template's JSON with every placeholder filled: a string that is one placeholder becomes the value
 * itself (null when the order lacks it), inside a longer string the value becomes text (nothing when lacking).
 * Data only ever takes a string's place, so it cannot change the structure. Throws SyntaxError for a text
 * that is not JSON, which validateTemplate refuses.
 */
export function renderTemplate({ text, ...input }: { text: string } & PayloadInput): unknown {
  const values = placeholderValues(input);
  // A reviver sees the template's own values only: what it returns is not walked, hence never filled again.
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "string" ? fill({ text: value, values }) : value,
  );
}

function fill({ text, values }: { text: string; values: Map<string, unknown> }): unknown {
  const whole = /^\{\{([^{}]*)\}\}$/.exec(text)?.[1];
  if (whole !== undefined) return values.get(whole.trim()) ?? null;
  return text.replace(PLACEHOLDER, (_match, name: string) => asText(values.get(name.trim())));
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

type TemplateString = { path: string; text: string; isKey: boolean };

function stringsWithin({ value, path }: { value: unknown; path: string }): TemplateString[] {
  if (typeof value === "string") return [{ path, text: value, isKey: false }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = path === "" ? key : `${path}.${key}`;
    return [{ path: childPath, text: key, isKey: true }, ...stringsWithin({ value: child, path: childPath })];
  });
}

function errorsInString({ path, text, isKey }: TemplateString): FieldError[] {
  if (isKey) return text.includes("{{") ? [{ path, message: "a key cannot hold a placeholder" }] : [];
  const errors = [...text.matchAll(PLACEHOLDER)]
    .map(([, name = ""]) => name.trim())
    .filter((name) => !KNOWN_NAMES.has(name))
    .map((name) => ({ path, message: describeUnknownPlaceholder(name) }));
  if (text.replace(PLACEHOLDER, "").includes("{{")) {
    errors.push({ path, message: "`{{` without its `}}`: a placeholder looks like {{order.status}}" });
  }
  return errors;
}

function notJsonMessage({ text, error }: { text: string; error: unknown }): string {
  const hint = text.includes("{{") ? '; a placeholder stands inside quotes: {"id": "{{order.id}}"}' : "";
  return `not valid JSON: ${error instanceof Error ? error.message : String(error)}${hint}`;
}
