"use client";

import { useWords } from "@/components/names/use-words";
import { Badge } from "@/components/ui/badge";

const VARIANTS: Record<string, "success" | "danger" | "info" | "neutral"> = {
  Delivered: "success",
  Closed: "success",
  Cancelled: "danger",
  CookingStarted: "info",
  OnWay: "info",
};

/** An order's status in words, its code on hover; one that nobody named yet stays as it is. */
export function OrderStatus({ status }: { status: string }) {
  const name = useWords()({ kind: "status", code: status });
  return (
    <Badge variant={VARIANTS[status] ?? "neutral"} title={status} className="max-w-full truncate">
      {name ?? status}
    </Badge>
  );
}
