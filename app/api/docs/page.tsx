import type { Metadata } from "next";
import { ApiReference } from "@/components/api-reference/api-reference";
import { apiReference } from "@/lib/openapi/reference";
import { OPERATIONS } from "../v1/operations/operations";

export const metadata: Metadata = { title: "API" };

/** Open to all: it describes the API and holds no data. */
export default function ApiDocsPage() {
  return <ApiReference {...apiReference(OPERATIONS)} />;
}
