import { Output, type Template, type Value } from "liquidjs";
import { type FieldError, fieldError } from "@/lib/errors";
import { isNestedDeeperThan } from "@/lib/orders/nesting";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { messageOf } from "@/lib/text";
import { toJsonText } from "./json-text";
import { evaluate, liquid, type Rendering, renderText, spend, startRendering } from "./liquid";
import { filters } from "./liquid-filters";
import { PayloadError } from "./payload-error";
import type { PayloadInput } from "./payload-input";
import { quotePlaceholders } from "./quote-placeholders";
import { refuseUnknownPlaceholder } from "./refuse-unknown-placeholder";
import { nameErrors } from "./template-names";
import { templateScope } from "./template-scope";

const MAX_TEMPLATE_NESTING = 64;
const MAX_SHOWN_ERRORS = 20;
const MAX_COMPILED = 200;
const TAGS = "for, if, unless, case, assign, comment, raw";

export type TemplateCheck = { ok: true } | { ok: false; errors: FieldError[] };

/** JSON text that stays as it is, a placeholder that takes its own type, or a string with placeholders in it. */
type Part = string | Value | Template[];
type Compiled = { parts: Part[]; errors: FieldError[] };

/** Judges a JSON template before it is saved; each error's `path` is the place inside the template's JSON. */
export function validateTemplate(text: string): TemplateCheck {
  const { errors } = compile(text);
  return errors.length > 0 ? { ok: false, errors } : { ok: true };
}

/**
 * The template's JSON as text with every placeholder filled: a string that is one placeholder becomes the value
 * itself (null when the order lacks it), inside a longer string the value becomes text (nothing when lacking).
 * Data only ever takes a string's place, so it cannot change the structure. Throws PayloadError for a template
 * that validateTemplate refuses, and for one that asks too much of time or memory.
 */
export function renderTemplate({ text, ...input }: { text: string } & PayloadInput): string {
  const { parts, errors } = compiled(text);
  const [error] = errors;
  if (error) throw new PayloadError(refuse("template_unusable", { reason: error.refusal }));
  const rendering = startRendering(templateScope(input));
  return parts.map((part) => fill({ part, rendering })).join("");
}

const known = new Map<string, Compiled>();

function compiled(text: string): Compiled {
  const kept = known.get(text);
  if (kept) return kept;
  const [oldest] = known.keys();
  if (known.size >= MAX_COMPILED && oldest !== undefined) known.delete(oldest);
  const made = compile(text);
  known.set(text, made);
  return made;
}

function compile(text: string): Compiled {
  let template: unknown;
  try {
    template = JSON.parse(quotePlaceholders(text));
  } catch (error) {
    return { parts: [], errors: [fieldError("", notJson({ text, error }))] };
  }
  if (isNestedDeeperThan({ value: template, limit: MAX_TEMPLATE_NESTING })) {
    const refusal = refuse("template_deep", { max: MAX_TEMPLATE_NESTING });
    return { parts: [], errors: [fieldError("", refusal)] };
  }
  const result: Compiled = { parts: [], errors: [] };
  compileValue({ value: template, path: "", result });
  return { parts: joined(result.parts), errors: result.errors.slice(0, MAX_SHOWN_ERRORS) };
}

function compileValue({ value, path, result }: { value: unknown; path: string; result: Compiled }): void {
  if (result.errors.length >= MAX_SHOWN_ERRORS) return;
  if (typeof value === "string") {
    result.parts.push(compileString({ text: value, path, result }));
  } else if (typeof value !== "object" || value === null) {
    result.parts.push(JSON.stringify(value));
  } else {
    const isList = Array.isArray(value);
    result.parts.push(isList ? "[" : "{");
    for (const [index, [key, child]] of Object.entries(value).entries()) {
      const childPath = path === "" ? key : `${path}.${key}`;
      if (!isList && hasLiquid(key)) {
        result.errors.push(fieldError(childPath, refuse("template_key")));
      }
      result.parts.push(index === 0 ? "" : ",", isList ? "" : `${JSON.stringify(key)}:`);
      compileValue({ value: child, path: childPath, result });
    }
    result.parts.push(isList ? "]" : "}");
  }
}

type CompileString = { text: string; path: string; result: Compiled };

function compileString({ text, path, result }: CompileString): Part {
  if (!hasLiquid(text)) return JSON.stringify(text);
  try {
    // Three braces were always one of the text's own before a placeholder.
    const templates = liquid.parse(text.replace(/\{(?=\{\{)/g, '{{ "{" }}'));
    for (const refusal of nameErrors(templates)) result.errors.push(fieldError(path, refusal));
    const [only, ...others] = templates;
    return only instanceof Output && others.length === 0 ? only.value : templates;
  } catch (error) {
    result.errors.push(fieldError(path, notLiquid(error)));
    return "";
  }
}

function fill({ part, rendering }: { part: Part; rendering: Rendering }): string {
  const text = filledText({ part, rendering });
  // Text has been counted as it was made.
  if (!Array.isArray(part)) spend({ rendering, text });
  return text;
}

function filledText({ part, rendering }: { part: Part; rendering: Rendering }): string {
  if (typeof part === "string") return part;
  if (Array.isArray(part)) return toJsonText(renderText({ templates: part, rendering }));
  return toJsonText(evaluate({ value: part, rendering }));
}

function hasLiquid(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}

function joined(parts: Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === "string" && typeof last === "string") result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}

function notJson({ text, error }: { text: string; error: unknown }): Refusal {
  const reason = messageOf(error);
  return refuse(text.includes("{%") ? "template_not_json_loop" : "template_not_json", { reason });
}

function notLiquid(error: unknown): Refusal {
  const reason = messageOf(error).replace(/, (?:file|line):.*$/s, "");
  if (/^output .* not closed$/s.test(reason)) {
    return refuse("template_unclosed", { open: "{{", close: "}}", example: "{{order.status}}" });
  }
  if (reason === 'invalid value expression: ""') return refuseUnknownPlaceholder({ name: "" });
  const [, filter] = /^undefined filter: (.+)$/s.exec(reason) ?? [];
  if (filter)
    return refuse("filter_unknown", { name: filter, known: Object.keys(filters).sort().join(", ") });
  const [, tag] = /^tag "(.+)" not found$/s.exec(reason) ?? [];
  if (tag) return refuse("tag_unknown", { name: tag, known: TAGS });
  return refuse("liquid_invalid", { reason: reason.slice(0, 200) });
}
