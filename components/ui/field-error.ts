import type { FieldMessage } from "@/lib/errors";

/** What a server action said about one field; undefined when it was fine. */
export function fieldError(errors: FieldMessage[], path: string): string | undefined {
  return errors.find((error) => error.path === path)?.message;
}
