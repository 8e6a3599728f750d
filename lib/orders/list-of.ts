import { z } from "zod";

/**
 * A list that is judged up to its first wrong entry: zod's own list collects every issue of every entry, and a
 * single event can hold a million wrong ones.
 */
export function listOf<Item>({ item, error }: { item: z.ZodType<Item>; error: string }): z.ZodType<Item[]> {
  const list = z.array(z.unknown(), { error }).check(({ value, issues }) => {
    for (const [index, entry] of value.entries()) {
      const parsed = item.safeParse(entry);
      if (parsed.success) continue;
      for (const issue of parsed.error.issues) {
        issues.push({ ...issue, path: [index, ...issue.path], input: entry } as z.core.$ZodRawIssue);
      }
      return;
    }
  });
  return list as unknown as z.ZodType<Item[]>;
}
