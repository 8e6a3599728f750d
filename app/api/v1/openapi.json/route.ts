import { apiMethods } from "@/lib/http/route";
import { openApiDocument } from "@/lib/openapi/document";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: async () => Response.json(openApiDocument(), { headers: { "access-control-allow-origin": "*" } }),
});
