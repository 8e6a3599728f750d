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
