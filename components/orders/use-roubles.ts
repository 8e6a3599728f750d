import { useFormatter } from "next-intl";

/** Kopecks as an amount of roubles. */
export function useRoubles(): (kopecks: number) => string {
  const format = useFormatter();
  return (kopecks) =>
    format.number(kopecks / 100, {
      style: "currency",
      currency: "RUB",
      trailingZeroDisplay: "stripIfInteger",
    });
}
