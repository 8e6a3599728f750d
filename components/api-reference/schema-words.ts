export type Schema = Record<string, unknown>;
export type Field = { name: string; type: string; limits: string; isRequired: boolean; description: string };
type Schemas = Record<string, Schema>;

/** The fields of an object schema without the read-only ones; empty for any other schema. */
export function fieldsOf({ schema, schemas }: { schema: Schema; schemas: Schemas }): Field[] {
  const object = resolve({ schema, schemas });
  const required = (object.required ?? []) as string[];
  const fields = Object.entries((object.properties ?? {}) as Schemas).filter(([, field]) => !field.readOnly);
  return fields.map(([name, field]) => ({
    name,
    type: typeWords(field),
    limits: limitWords(field),
    isRequired: required.includes(name),
    description: [field.writeOnly ? "Write only." : "", field.description ?? ""].filter(Boolean).join(" "),
  }));
}

/** `string | null`, `array of Attempt`: a schema in a few words. */
export function typeWords(schema: Schema): string {
  if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "";
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map(typeWords).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { type } = schema;
  if (type === "array" || (Array.isArray(type) && type.includes("array"))) {
    return `array of ${typeWords((schema.items ?? {}) as Schema)}${Array.isArray(type) ? " | null" : ""}`;
  }
  if (Array.isArray(type)) return type.join(" | ");
  return typeof type === "string" ? type : "any";
}

/** `0 to 10, 3 when not given`: what a value may be. */
export function limitWords(schema: Schema): string {
  const inner = (Array.isArray(schema.anyOf) ? schema.anyOf[0] : schema) as Schema;
  const choices = (inner.enum ?? (inner.items as Schema | undefined)?.enum) as unknown[] | undefined;
  const words = [
    choices && inner.type !== "boolean" ? choices.join(", ") : "",
    inner.minimum !== undefined && Number.isSafeInteger(inner.minimum) && Number(inner.maximum) < 1e9
      ? `${inner.minimum} to ${inner.maximum}`
      : "",
    inner.maxLength !== undefined ? `at most ${inner.maxLength} characters` : "",
    schema.default !== undefined ? `default ${JSON.stringify(schema.default)}` : "",
  ];
  return words.filter(Boolean).join("; ");
}

function resolve({ schema, schemas }: { schema: Schema; schemas: Schemas }): Schema {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  if (name !== undefined) return schemas[name] ?? {};
  return schema.type === "array" ? resolve({ schema: schema.items as Schema, schemas }) : schema;
}
