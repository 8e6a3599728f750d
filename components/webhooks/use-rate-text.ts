import { useFormatter } from "next-intl";

/** How a success rate of 0 to 100 is written, with one decimal at most; a dash where nothing was sent. */
export function useRateText(): (rate: number | null) => string {
  const format = useFormatter();
  return (rate) =>
    rate === null ? "—" : format.number(rate / 100, { style: "percent", maximumFractionDigits: 1 });
}
