import { AssignTag, ForTag, type Template, type Token, TypeGuards, toValueSync, Value } from "liquidjs";
import type { Refusal } from "@/lib/refusals/refuse";
import { PLACEHOLDERS } from "./placeholders";
import { refuseUnknownPlaceholder } from "./refuse-unknown-placeholder";

/** What may stand behind a name: a group of names, a list of these, a plain value, or anything. */
type Shape = { fields: Record<string, Shape> } | { entry: Shape } | "plain" | "any";

const ITEM_FIELDS = ["product_id", "name", "amount", "price", "sum"];
const LOOP_FIELDS = ["index", "index0", "rindex", "rindex0", "first", "last", "length"];

const LOOP: Shape = { fields: plainFields(LOOP_FIELDS) };
const ITEM = { fields: plainFields(ITEM_FIELDS) };
ITEM.fields.modifiers = { entry: ITEM };
const ROOT = knownShapes();

/** What is wrong with the names that a string of a template uses, loop variables and assigned ones known. */
export function nameErrors(templates: Template[]): Refusal[] {
  const check: Check = { errors: [], assigned: new Map() };
  checkTemplates({ templates, local: new Map(), check });
  return check.errors;
}

type Check = { errors: Refusal[]; assigned: Map<string, Shape> };
type Names = Map<string, Shape>;

function checkTemplates({ templates, local, check }: { templates: Template[]; local: Names; check: Check }) {
  for (const template of templates) {
    for (const argument of template.arguments?.() ?? []) checkArgument({ argument, local, check });
    const inside = new Map(local);
    if (template instanceof ForTag) {
      inside.set(template.variable, entryOf(shapeOf({ token: template.collection, local, check })));
      inside.set("forloop", LOOP);
    }
    if (template instanceof AssignTag) assign({ template, local, check });
    checkTemplates({ templates: childrenOf(template), local: inside, check });
  }
}

function childrenOf(template: Template): Template[] {
  return template.children ? (toValueSync(template.children(false, true) as never) as Template[]) : [];
}

function assign({ template, local, check }: { template: AssignTag; local: Names; check: Check }) {
  const [value] = template.arguments();
  const [name] = template.localScope();
  if (!(value instanceof Value) || name === undefined) return;
  const [token, ...more] = value.initial.postfix;
  const isOneName = value.filters.length === 0 && more.length === 0 && token !== undefined;
  check.assigned.set(name.content, (isOneName && shapeOf({ token, local, check })) || "any");
}

type Argument = Value | Token;

function checkArgument({ argument, local, check }: { argument: Argument; local: Names; check: Check }) {
  if (!(argument instanceof Value)) return checkToken({ token: argument, local, check });
  for (const token of argument.initial.postfix) checkToken({ token, local, check });
  for (const arg of argument.filters.flatMap(({ args }) => args)) {
    const token = Array.isArray(arg) ? arg[1] : arg;
    if (token) checkToken({ token, local, check });
  }
}

function checkToken({ token, local, check }: { token: Token; local: Names; check: Check }) {
  if (TypeGuards.isRangeToken(token)) {
    checkToken({ token: token.lhs, local, check });
    checkToken({ token: token.rhs, local, check });
  }
  if (!TypeGuards.isPropertyAccessToken(token)) return;
  if (shapeOf({ token, local, check }) !== undefined) return;
  const extra = [...local, ...check.assigned].flatMap(([name, shape]) => namesUnder({ name, shape }));
  check.errors.push(refuseUnknownPlaceholder({ name: token.getText(), extra }));
}

/** Undefined for a name that nobody knows. */
function shapeOf({ token, local, check }: { token: Token; local: Names; check: Check }): Shape | undefined {
  if (!TypeGuards.isPropertyAccessToken(token)) return "any";
  const [root, ...keys] = token.props.map(keyOf);
  if (token.variable !== undefined || root === undefined || root === null) return undefined;
  let shape = local.get(root) ?? check.assigned.get(root) ?? ownShape({ fields: ROOT, key: root });
  for (const key of keys) shape = shape && below({ shape, key });
  return shape;
}

// Names are fixed when the template is saved: one that comes out of a variable could be anything.
function keyOf(token: Token): string | null {
  if (TypeGuards.isWordToken(token) || TypeGuards.isQuotedToken(token)) return token.content;
  return TypeGuards.isNumberToken(token) ? String(token.content) : null;
}

function below({ shape, key }: { shape: Shape; key: string | null }): Shape | undefined {
  if (key === null || ["constructor", "prototype", "__proto__"].includes(key)) return undefined;
  if (shape === "any") return "any";
  if (shape === "plain") return key === "size" ? "plain" : undefined;
  if ("fields" in shape) return ownShape({ fields: shape.fields, key });
  if (key === "size") return "plain";
  return ["first", "last"].includes(key) || /^-?\d+$/.test(key) ? shape.entry : undefined;
}

function entryOf(shape: Shape | undefined): Shape {
  return typeof shape === "object" && "entry" in shape ? shape.entry : "any";
}

function ownShape({ fields, key }: { fields: Record<string, Shape>; key: string }): Shape | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function namesUnder({ name, shape }: { name: string; shape: Shape }): string[] {
  if (typeof shape !== "object" || !("fields" in shape)) return [name];
  return Object.keys(shape.fields).map((field) => `${name}.${field}`);
}

function plainFields(names: string[]): Record<string, Shape> {
  return Object.fromEntries(names.map((name) => [name, "plain"]));
}

function knownShapes(): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const { name } of PLACEHOLDERS) {
    const [group = "", field] = name.split(".");
    const shape = field === undefined ? undefined : (shapes[group] ?? { fields: {} });
    shapes[group] = shape ?? "plain";
    if (field !== undefined && typeof shape === "object" && "fields" in shape) {
      shape.fields[field] = shapeOfField(name);
    }
  }
  return shapes;
}

function shapeOfField(name: string): Shape {
  if (name === "order.items") return { entry: ITEM };
  // Text, or an object of the sender's own.
  return name === "order.error_info" || name === "order.problem" ? "any" : "plain";
}
