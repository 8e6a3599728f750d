import { CopyButton } from "@/components/ui/copy-button";

type CopyLineProps = { label: string; text: string; canCopy?: boolean };

export function CopyLine({ label, text, canCopy = true }: CopyLineProps) {
  return (
    <div className="contents">
      <dt className="self-center text-xs">{label}</dt>
      <dd className="flex min-w-0 items-center gap-2">
        <code className="font-mono text-foreground text-xs [overflow-wrap:anywhere]">{text}</code>
        {canCopy && <CopyButton text={text} size="icon-sm" variant="ghost" />}
      </dd>
    </div>
  );
}
