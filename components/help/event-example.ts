/** How iiko-base hands an order event over, as a command to try. */
export function eventExample(origin: string): string {
  return `curl -X POST ${origin}/e/EVENT_KEY \\
  -H 'Content-Type: application/json' \\
  -d '{
    "id": "iiko-order-123-7",
    "name": "order.status_changed",
    "data": {
      "order": {
        "id": 123,
        "external_order_id": "20200831-515",
        "readable_number": "515",
        "status": "OnWay",
        "order_type": "DELIVERY",
        "customer_name": "Anna",
        "customer_phone": "+79991234567",
        "total_amount": 152050
      },
      "previous_status": "CookingCompleted"
    }
  }'
`;
}

/** How a program reads the log. */
export function logExample(origin: string): string {
  return `curl '${origin}/api/v1/outgoing-webhook-logs?success=false&limit=50' \\
  -H 'Authorization: Bearer YOUR_TOKEN'
`;
}
