import { expect } from "@playwright/test";
import type { RecordedRequest } from "@/lib/outbound/testing/receiver";
import { makeEvent, type TestEvent } from "./orders";

export const EVENTS_AN_ORDER = 4;

type Orders = { orders: number; events?: number; from?: number };

/** Events of many orders, the first of each order first: `17-2` is the second of order 17. */
export function ordersOf({ orders, events = EVENTS_AN_ORDER, from = 1 }: Orders): TestEvent[] {
  const made: TestEvent[] = [];
  for (let place = from; place < from + events; place += 1) {
    for (let order = 1; order <= orders; order += 1) {
      made.push(makeEvent({ order: { id: order, readable_number: `${order}-${place}` } }));
    }
  }
  return made;
}

export function numberOf(body: string): string {
  return JSON.parse(body).readableNumber as string;
}

/** Under which ids each event came, by its number, in the order in which they first came. */
export function arrivedIds(requests: RecordedRequest[]): Map<string, Set<unknown>> {
  const ids = new Map<string, Set<unknown>>();
  for (const { body, headers } of requests) {
    const number = numberOf(body);
    ids.set(number, (ids.get(number) ?? new Set()).add(headers["webhook-id"]));
  }
  return ids;
}

/** Insists that each order's events came one after another, none left out, each under one id. */
export function expectInOrder(arrived: Map<string, Set<unknown>>): void {
  const last = new Map<string, number>();
  const wrong: string[] = [];
  for (const [number, ids] of arrived) {
    const [order = "", place] = number.split("-");
    const before = last.get(order) ?? 0;
    if (ids.size !== 1) wrong.push(`${number} under ${ids.size} ids`);
    if (Number(place) !== before + 1) wrong.push(`${number} after ${order}-${before}`);
    last.set(order, Number(place));
  }
  // Once: Playwright takes milliseconds for each, which thousands of events make half a minute.
  expect(wrong).toEqual([]);
}
