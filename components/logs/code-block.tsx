import { cn } from "@/components/ui/cn";

type CodeBlockProps = { label: string; text: string; className?: string };

/** A long text as it is, in a box that scrolls by itself, also by keyboard. */
export function CodeBlock({ label, text, className }: CodeBlockProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within the keyboard's reach
      tabIndex={0}
      className={cn("max-h-112 overflow-auto rounded-md border bg-muted/60", className)}
    >
      <pre className="whitespace-pre-wrap p-3 font-mono text-xs leading-relaxed [overflow-wrap:anywhere]">
        <bdi>{text}</bdi>
      </pre>
    </section>
  );
}
