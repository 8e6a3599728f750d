import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ApiReference } from "@/components/api-reference/api-reference";
import { apiReference } from "@/lib/openapi/reference";
import { OPERATIONS } from "../v1/operations/operations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apiDocs"))("title") };
}

/** Open to all: it describes the API and holds no data. */
export default async function ApiDocsPage() {
  return <ApiReference {...apiReference({ operations: OPERATIONS, locale: await getLocale() })} />;
}
