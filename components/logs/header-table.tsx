import { useTranslations } from "next-intl";

/** Headers as they were exchanged; their texts are the receiver's and are shown as text. */
export function HeaderTable({ headers }: { headers: [name: string, value: string][] }) {
  const t = useTranslations("logs");
  if (headers.length === 0) return <p className="text-muted-foreground">{t("noHeaders")}</p>;
  return (
    <dl className="grid gap-px overflow-hidden rounded-md border bg-border font-mono text-xs">
      {headers.map(([name, value], index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes
          key={index}
          className="grid gap-x-4 bg-card px-3 py-1.5 sm:grid-cols-[minmax(9rem,14rem)_minmax(0,1fr)]"
        >
          <dt className="break-all text-muted-foreground">{name}</dt>
          <dd className="break-all">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
