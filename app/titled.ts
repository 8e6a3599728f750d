import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";

type Key = Parameters<Awaited<ReturnType<typeof getTranslations<never>>>>[0];

/** The `generateMetadata` of a page whose title is always the same. */
export function titled(key: Key): () => Promise<Metadata> {
  return async () => ({ title: (await getTranslations())(key) });
}
