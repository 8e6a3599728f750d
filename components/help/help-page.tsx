import type { HelpSection } from "./section";

type HelpPageProps = { contentsLabel: string; sections: HelpSection[] };

/** All sections on one page, so that the browser's search finds everything; the contents stay in sight. */
export function HelpPage({ contentsLabel, sections }: HelpPageProps) {
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label={contentsLabel} className="lg:sticky lg:top-5 lg:self-start">
        <ul className="grid gap-0.5 max-lg:grid-cols-2 max-sm:grid-cols-1">
          {sections.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="block rounded-md px-2.5 py-1.5 text-[0.8125rem] text-muted-foreground transition-colors hover:bg-accent hover:text-accent-foreground"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="grid min-w-0 gap-10">
        {sections.map(({ id, title, content }) => (
          <section key={id} id={id} aria-labelledby={`${id}-title`} className="grid scroll-mt-5 gap-3">
            <h2 id={`${id}-title`} className="font-semibold text-lg">
              {title}
            </h2>
            {content}
          </section>
        ))}
      </div>
    </div>
  );
}
