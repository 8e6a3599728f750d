import { apiMethods } from "@/lib/http/route";
import { openApiDocument } from "@/lib/openapi/document";
import { OPERATIONS } from "../operations/operations";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: async () =>
    Response.json(openApiDocument(OPERATIONS), { headers: { "access-control-allow-origin": "*" } }),
});
