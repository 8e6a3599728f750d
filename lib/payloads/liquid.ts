import {
  Context,
  type Emitter,
  Liquid,
  LiquidError,
  type Template,
  toValue,
  toValueSync,
  type Value,
} from "liquidjs";
import { refuse } from "@/lib/refusals/refuse";
import { messageOf } from "@/lib/text";
import { toJsonText } from "./json-text";
import { filters } from "./liquid-filters";
import { MAX_BODY_LENGTH, PayloadError, tooLong } from "./payload-error";

/** Loops and conditions. What reads files, keeps output aside or counts across strings is not there. */
const TAGS = ["for", "if", "unless", "case", "assign", "break", "continue", "comment", "raw"];
/** Nodes rendered and filters applied for one payload: an order of 1000 items in a loop needs some 10,000. */
const MAX_STEPS = 200_000;
/** For what few steps can take long at. */
const MAX_MS = 1000;
/** Entries and characters that filters and ranges may make for one payload. */
const MAX_MEMORY = 4_000_000;
const MAX_TEMPLATE_LENGTH = 100_000;

export const liquid = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  parseLimit: MAX_TEMPLATE_LENGTH,
  memoryLimit: MAX_MEMORY,
});
for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name);
for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter);

export type Rendering = { scope: object; context: Context; charactersLeft: number };

/** What the strings of one payload share: the values, and the bounds of time and memory. */
export function startRendering(scope: object): Rendering {
  const context = new Context(scope, liquid.options, { sync: true }, { renderLimit: stepLimit(), liquid });
  return { scope, context, charactersLeft: MAX_BODY_LENGTH };
}

/** The value of a placeholder with its own type. Throws PayloadError. */
export function evaluate({ value, rendering }: { value: Value; rendering: Rendering }): unknown {
  const context = rendering.context.spawn(rendering.scope);
  return guarded(() => toValue(toValueSync(value.value(context) as never)));
}

/** A string with its placeholders and loops filled. Throws PayloadError. */
export function renderText({
  templates,
  rendering,
}: {
  templates: Template[];
  rendering: Rendering;
}): string {
  const context = rendering.context.spawn(rendering.scope);
  const emitter: Emitter = {
    buffer: "",
    write(value: unknown) {
      const text = asText(value);
      spend({ rendering, text });
      this.buffer += text;
    },
  };
  guarded(() => toValueSync(liquid.renderer.renderTemplates(templates, context, emitter)));
  return emitter.buffer;
}

/** Counts what goes into the body. Throws PayloadError when it becomes too long. */
export function spend({ rendering, text }: { rendering: Rendering; text: string }): void {
  rendering.charactersLeft -= text.length;
  if (rendering.charactersLeft < 0) throw tooLong();
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : toJsonText(value);
}

function guarded<Result>(render: () => Result): Result {
  try {
    return render();
  } catch (error) {
    const cause = LiquidError.is(error) ? error.originalError : error;
    if (cause instanceof PayloadError) throw cause;
    const reason = messageOf(cause);
    if (/limit exceeded|call stack/.test(reason)) throw tooMuchWork();
    throw new PayloadError(refuse("template_not_filled", { reason: reason.slice(0, 200) }));
  }
}

function tooMuchWork(): PayloadError {
  return new PayloadError(refuse("template_too_much_work"));
}

type Limiter = Context["renderLimit"];

// Liquid asks at every node and our filters at every call. Steps and not time decide, so that a machine that is
// busy for a moment fails no delivery.
function stepLimit(): Limiter {
  const endMs = performance.now() + MAX_MS;
  let steps = 0;
  const limit = {
    use() {},
    check(nowMs: number) {
      steps += 1;
      if (steps > MAX_STEPS || nowMs > endMs) throw tooMuchWork();
    },
  };
  return limit as unknown as Limiter;
}
