import { TableSkeleton } from "@/components/logs/table-skeleton";

export default function OrdersLoading() {
  return <TableSkeleton filters={2} />;
}
