import { TableSkeleton } from "@/components/logs/table-skeleton";

export default function LogsLoading() {
  return <TableSkeleton filters={5} />;
}
