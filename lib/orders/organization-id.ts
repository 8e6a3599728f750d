const UUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;

/** An organization's id for comparing: UUIDs in one spelling whatever their case or braces, others as they are. */
export function normaliseOrganizationId(id: string): string {
  const parts = UUID.exec(id.trim().toLowerCase());
  return parts ? parts.slice(1).join("-") : id;
}
