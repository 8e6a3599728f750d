/** A server action's body ends at 1 MiB, and the file is not all of it. */
const MAX_BYTES = 1_000_000;

type ReadFile = { ok: true; file: unknown } | { ok: false; problem: "tooLarge" | "notJson" };

/** The JSON of a file that a person chose. */
export async function readChosenFile(chosen: File): Promise<ReadFile> {
  if (chosen.size > MAX_BYTES) return { ok: false, problem: "tooLarge" };
  try {
    const text = await chosen.text();
    return { ok: true, file: JSON.parse(text.replace(/^\uFEFF/, "")) as unknown };
  } catch {
    return { ok: false, problem: "notJson" };
  }
}
