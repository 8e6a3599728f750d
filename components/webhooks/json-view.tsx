import { cn } from "@/components/ui/cn";

type JsonViewProps = {
  text: string;
  label: string;
  /** Long lines are broken instead of scrolled to. */
  isWrapped?: boolean;
  className?: string;
};

// A string may lack its end: looking for one from each quote anew would take the square of the text's length.
const TOKEN = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
// Beyond this the colours would cost more than they help.
const MAX_COLOURED = 40_000;
const MAX_PARTS = 8_000;

/** JSON, or any text, to read: coloured, and scrolling by itself. */
export function JsonView({ text, label, isWrapped = false, className }: JsonViewProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn("min-w-0 overflow-auto rounded-md border bg-muted p-3", className)}
    >
      <pre
        dir="ltr"
        className={cn(
          "font-mono text-xs leading-relaxed",
          isWrapped ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "w-max min-w-full",
        )}
      >
        {coloured(text.slice(0, MAX_COLOURED))}
        {text.slice(MAX_COLOURED)}
      </pre>
    </section>
  );
}

function coloured(text: string) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (parts.length > MAX_PARTS) break;
    const [whole, string, colon] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(
      <span
        key={match.index}
        className={colour({ isString: string !== undefined, isKey: colon !== undefined })}
      >
        {string ?? whole}
      </span>,
    );
    if (colon) parts.push(colon);
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

function colour({ isString, isKey }: { isString: boolean; isKey: boolean }): string {
  if (isKey) return "text-info";
  return isString ? "text-success" : "text-warning";
}
