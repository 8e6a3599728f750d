import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** What a verb read for a page; the page «not found» where there is no such thing. */
export async function orNotFound<Data>(reading: Promise<Data>): Promise<Data> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** The id of a page's address, from 1 to `max`; the page «not found» for what is none. */
export function idOrNotFound({ text, max }: { text: string; max: number }): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= max ? id : notFound();
}
