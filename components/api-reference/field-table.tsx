import { useTranslations } from "next-intl";
import type { Field } from "./schema";

/** Fields or parameters with their types. A wide table scrolls inside its own frame. */
export function FieldTable({ caption, fields }: { caption: string; fields: Field[] }) {
  const t = useTranslations("apiDocs");
  if (fields.length === 0) return null;
  return (
    <figure className="grid gap-1.5">
      <figcaption className="font-medium text-muted-foreground text-xs">{caption}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-lg border">
        <table className="w-full text-left text-sm">
          <tbody>
            {fields.map((field) => (
              <tr key={field.name} className="border-b align-top last:border-b-0">
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 font-medium font-mono text-xs">
                  {field.name}
                  {field.isRequired && <span className="text-danger"> {t("required")}</span>}
                </th>
                <td className="whitespace-nowrap px-3 py-1.5 font-mono text-muted-foreground text-xs">
                  {field.type}
                </td>
                <td className="w-full min-w-64 px-3 py-1.5 text-muted-foreground text-xs">
                  {[field.limits, field.description].filter(Boolean).join(". ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}
