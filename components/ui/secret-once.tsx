import { CopyButton } from "./copy-button";

/** A secret that is shown this one time, ready to be copied. */
export function SecretOnce({ text }: { text: string }) {
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 whitespace-pre-line break-all rounded-md border bg-muted px-3 py-2 font-mono text-[0.8125rem] leading-5">
        {text}
      </code>
      <CopyButton text={text} />
    </div>
  );
}
