import { useTranslations } from "next-intl";
import { Tooltip, TooltipProvider } from "@/components/ui/tooltip";
import { ORDER_COLUMNS } from "@/lib/orders/columns";
import { PLACEHOLDERS } from "@/lib/payloads/placeholders";

/** By the keys of their descriptions in webhookForm.liquidExamples. */
const LIQUID_EXAMPLES = {
  roubles: "{{ order.total_amount | roubles }}",
  local: "{{ order.promised_time | local: 'HH:mm' }}",
  loop: "{% for item in order.items %}{{ item.name }} × {{ item.amount }}; {% endfor %}",
} as const;
const EXAMPLE_KEYS = ["roubles", "local", "loop"] as const;

const EVENT_KEYS = ["id", "name", "previous_status"] as const;

/** Every placeholder a template may use, with what it stands for. */
export function PlaceholderList({ onChoose }: { onChoose: (name: string) => void }) {
  const t = useTranslations("webhookForm");
  const shortNames = PLACEHOLDERS.filter(({ name }) => !name.includes("."));
  return (
    <TooltipProvider delayDuration={300}>
      <div className="grid gap-2.5 rounded-lg border bg-muted/50 p-3">
        <p className="text-muted-foreground text-xs">{t("placeholdersHint")}</p>
        <Group title={t("placeholderGroups.order")}>
          {ORDER_COLUMNS.map((column) => (
            <Chip
              key={column}
              name={`order.${column}`}
              hint={t(`placeholders.order.${column}`)}
              onChoose={onChoose}
            />
          ))}
        </Group>
        <Group title={t("placeholderGroups.event")}>
          {EVENT_KEYS.map((key) => (
            <Chip key={key} name={`event.${key}`} hint={t(`placeholders.event.${key}`)} onChoose={onChoose} />
          ))}
          <Chip name="delivery.id" hint={t("placeholders.delivery.id")} onChoose={onChoose} />
        </Group>
        <Group title={t("placeholderGroups.liquid")}>
          <dl className="grid gap-x-3 gap-y-1 text-[0.6875rem] sm:grid-cols-[auto_1fr]">
            {EXAMPLE_KEYS.map((key) => (
              <div key={key} className="contents">
                <dt className="text-muted-foreground">{t(`liquidExamples.${key}`)}</dt>
                <dd className="break-all font-mono">{LIQUID_EXAMPLES[key]}</dd>
              </div>
            ))}
          </dl>
        </Group>
        <Group title={t("placeholderGroups.short")}>
          {shortNames.map(({ name, descriptionKey }) => (
            <Chip
              key={name}
              name={name}
              hint={t("placeholderAlias", { name: descriptionKey })}
              onChoose={onChoose}
            />
          ))}
        </Group>
      </div>
    </TooltipProvider>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <h3 className="font-medium text-xs">{title}</h3>
      <div className="flex flex-wrap gap-1">{children}</div>
    </div>
  );
}

function Chip({ name, hint, onChoose }: { name: string; hint: string; onChoose: (name: string) => void }) {
  return (
    <Tooltip text={hint}>
      <button
        type="button"
        onClick={() => onChoose(name)}
        className="rounded-md border bg-card px-1.5 py-0.5 font-mono text-[0.6875rem] transition-colors hover:border-ring hover:bg-accent hover:text-accent-foreground"
      >
        {name}
      </button>
    </Tooltip>
  );
}
