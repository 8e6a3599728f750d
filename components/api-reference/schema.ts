export type Schema = Record<string, unknown>;
export type Field = { name: string; type: string; limits: string; isRequired: boolean; description: string };
export type Schemas = Record<string, Schema>;
