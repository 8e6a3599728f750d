import { useTranslations } from "next-intl";
import type { Field, Schema, Schemas } from "./schema";

/** A schema in a few words of the reader's language. */
export function useSchemaWords() {
  const t = useTranslations("apiDocs");

  /** `string | null`, `array of Attempt`. */
  const type = (schema: Schema): string => {
    if (typeof schema.$ref === "string") return schema.$ref.split("/").at(-1) ?? "";
    if (Array.isArray(schema.anyOf)) return schema.anyOf.map(type).join(" | ");
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    const { type: given } = schema;
    if (given === "array" || (Array.isArray(given) && given.includes("array"))) {
      const items = t("arrayOf", { type: type((schema.items ?? {}) as Schema) });
      return Array.isArray(given) ? `${items} | null` : items;
    }
    if (Array.isArray(given)) return given.join(" | ");
    return typeof given === "string" ? given : "any";
  };

  /** `0 to 10; default 3`: what a value may be. */
  const limits = (schema: Schema): string => {
    const inner = (Array.isArray(schema.anyOf) ? schema.anyOf[0] : schema) as Schema;
    const choices = (inner.enum ?? (inner.items as Schema | undefined)?.enum) as unknown[] | undefined;
    const words = [
      choices && inner.type !== "boolean" ? choices.join(", ") : "",
      inner.minimum !== undefined && Number.isSafeInteger(inner.minimum) && Number(inner.maximum) < 1e9
        ? t("range", { min: String(inner.minimum), max: String(inner.maximum) })
        : "",
      inner.maxLength !== undefined ? t("maxLength", { max: String(inner.maxLength) }) : "",
      schema.default !== undefined ? t("default", { value: JSON.stringify(schema.default) }) : "",
    ];
    return words.filter(Boolean).join("; ");
  };

  /** The fields of an object schema without the read-only ones; empty for any other schema. */
  const fieldsOf = ({ schema, schemas }: { schema: Schema; schemas: Schemas }): Field[] => {
    const object = resolve({ schema, schemas });
    const required = (object.required ?? []) as string[];
    const fields = Object.entries((object.properties ?? {}) as Schemas).filter(
      ([, field]) => !field.readOnly,
    );
    return fields.map(([name, field]) => ({
      name,
      type: type(field),
      limits: limits(field),
      isRequired: required.includes(name),
      description: [field.writeOnly ? t("writeOnly") : "", field.description ?? ""].filter(Boolean).join(" "),
    }));
  };

  return { type, limits, fieldsOf };
}

function resolve({ schema, schemas }: { schema: Schema; schemas: Schemas }): Schema {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  if (name !== undefined) return schemas[name] ?? {};
  return schema.type === "array" ? resolve({ schema: schema.items as Schema, schemas }) : schema;
}
