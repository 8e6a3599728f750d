/** JSON or a command to copy. A long one scrolls on the screen and is printed whole. */
export function CodeExample({ caption, text }: { caption: string; text: string }) {
  return (
    <figure className="grid min-w-0 gap-1.5">
      <figcaption className="font-medium text-muted-foreground text-xs">{caption}</figcaption>
      <section
        aria-label={caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-lg border bg-muted p-3 print:max-h-none"
      >
        <pre className="font-mono text-xs leading-relaxed [font-variant-ligatures:none] print:whitespace-pre-wrap">
          {text}
        </pre>
      </section>
    </figure>
  );
}
