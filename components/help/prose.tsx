import Link from "next/link";
import type { ReactNode } from "react";
import { CodeBlock } from "@/components/logs/code-block";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";

export function Text({ children }: { children: ReactNode }) {
  return <p className="max-w-prose text-pretty leading-relaxed">{children}</p>;
}

export function SubHeading({ children }: { children: ReactNode }) {
  return <h3 className="mt-2 font-semibold">{children}</h3>;
}

export function List({ children, isOrdered = false }: { children: ReactNode; isOrdered?: boolean }) {
  const Tag = isOrdered ? "ol" : "ul";
  return (
    <Tag
      className={`grid max-w-prose gap-1.5 pl-5 leading-relaxed marker:text-muted-foreground ${isOrdered ? "list-decimal" : "list-disc"}`}
    >
      {children}
    </Tag>
  );
}

// A name broken at its hyphen reads like two.
const LONG = 30;

/** A term of the panel or the wire, as it is written there. */
export function Code({ children }: { children: string }) {
  return (
    <code
      className={cn(
        "rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.8125em]",
        children.length < LONG ? "whitespace-nowrap" : "[overflow-wrap:anywhere]",
      )}
    >
      {children}
    </code>
  );
}

export function PanelLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="font-medium text-primary underline underline-offset-4 hover:no-underline">
      {children}
    </Link>
  );
}

export function Example({ label, text }: { label: string; text: string }) {
  return (
    <figure className="grid max-w-3xl gap-1.5">
      <figcaption className="flex items-center justify-between gap-3 font-medium text-[0.8125rem] text-muted-foreground">
        {label}
        <CopyButton text={text} variant="ghost" size="icon-sm" />
      </figcaption>
      <CodeBlock label={label} text={text.trimEnd()} />
    </figure>
  );
}

/** A question or a trouble with its answer, folded. */
export function Answer({ question, children }: { question: string; children: ReactNode }) {
  return (
    <details className="group max-w-3xl rounded-lg border bg-card px-4 py-3 shadow-card">
      <summary className="font-medium">{question}</summary>
      <div className="mt-3 grid gap-3">{children}</div>
    </details>
  );
}
