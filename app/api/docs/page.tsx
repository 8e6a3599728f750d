import { getLocale } from "next-intl/server";
import { titled } from "@/app/titled";
import { ApiReference } from "@/components/api-reference/api-reference";
import { apiReference } from "@/lib/openapi/reference";
import { OPERATIONS } from "../v1/operations/operations";

export const generateMetadata = titled("apiDocs.title");

/** Open to all: it describes the API and holds no data. */
export default async function ApiDocsPage() {
  return <ApiReference {...apiReference({ operations: OPERATIONS, locale: await getLocale() })} />;
}
