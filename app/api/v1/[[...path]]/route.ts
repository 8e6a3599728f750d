import { apiRoutes } from "@/lib/http/route";
import { OPERATIONS } from "../operations/operations";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoutes(OPERATIONS);
