import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { answer, type Behaviour } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, removeWebhooks, sendEvents } from "./support/api";
import { figure, IS_SOAK } from "./support/figures";
import { arrivedIds, expectInOrder, ordersOf } from "./support/order-lines";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product } from "./support/product";
import { callAction, signIn } from "./support/session";
import { makeStage, STAGES, type Stage } from "./support/stage";
import { created, type Json } from "./support/test";

const ORDERS = 100;
const WAITING = ORDERS * 3;
const PATIENCE = { timeout: 180_000 };

// What people do while a receiver is away or its backlog drains; in short with the sender's own tests.
for (const name of IS_SOAK ? STAGES : []) {
  test.describe(name, () => {
    let stage: Stage;
    let product: Product;
    let cookie: string;
    let receiver: Receiver;
    let api: Api;
    let id: number;
    let refused: WeakSet<object>;

    test.beforeAll(async () => {
      stage = await makeStage(name);
      product = await stage.start();
      api = createApi({ url: product.url, token: ACCESS.apiToken });
      ({ cookie } = await signIn({ url: product.url }));
    });
    test.afterAll(async () => {
      await product?.kill();
      await stage?.remove();
    });
    test.beforeEach(async () => {
      test.setTimeout(300_000);
      refused = new WeakSet();
      receiver = await startReceiver();
      await goDown();
    });
    test.afterEach(async () => {
      await removeWebhooks(api);
      await receiver.close();
    });

    test("while it is down: an address that works", async () => {
      receiver.always((response, request) =>
        (request.path === "/new" ? answer(200) : refuse(502))(response, request),
      );
      await api.patch(`/outgoing-webhooks/${id}`, { webhook_url: `${receiver.url}/new` });
      await expectDrained();
    });

    test("while it is down: an edit of another field", async () => {
      receiver.always(answer(200));
      await api.patch(`/outgoing-webhooks/${id}`, { description: "It is back" });
      await expectDrained();
    });

    test("while it is down: ⏸ that has orders wait, new ones come in, ▶️", async () => {
      await act("pauseAction", { pause: { holdsOrders: true, until: null, reason: "" } });
      const before = receiver.requests.length;
      receiver.always(answer(200));
      await send(ordersOf({ orders: ORDERS, events: 1, from: 4 }));
      await expectAnotherWorks();
      expect(own()).toHaveLength(before);
      await act("switchOnAction");
      await expectDrained(WAITING + ORDERS);
    });

    test("while it is down: switched off and on again", async () => {
      const before = own().length;
      await api.patch(`/outgoing-webhooks/${id}`, { is_active: false });
      receiver.always(answer(200));
      await api.patch(`/outgoing-webhooks/${id}`, { is_active: true });
      await send(ordersOf({ orders: ORDERS, events: 1 }));
      await expect.poll(() => arrived().size, PATIENCE).toBe(ORDERS);
      await expectAnotherWorks();
      expect(own()).toHaveLength(before + ORDERS);
    });

    test("while it is down: deleted", async () => {
      const before = own().length;
      await api.delete(`/outgoing-webhooks/${id}`);
      receiver.always(answer(200));
      await expectAnotherWorks();
      expect(own()).toHaveLength(before);
    });

    test("while it is down: «check now», which fails once and then succeeds", async () => {
      const before = own().length;
      await act("probeNowAction");
      await expect.poll(() => own().length, PATIENCE).toBeGreaterThan(before);
      await expect.poll(async () => (await failures()) === own().length, PATIENCE).toBe(true);
      receiver.always(answer(200));
      await act("probeNowAction");
      await expectDrained();
    });

    test("while it is down: «send what waits», in vain and then not", async () => {
      const before = await failures();
      await act("sendWaitingAction");
      await expect.poll(failures, PATIENCE).toBeGreaterThan(before);
      receiver.always(answer(200));
      await act("sendWaitingAction");
      await expectDrained();
    });

    test("while it is down: «cancel what waits»", async () => {
      await act("cancelWaitingAction");
      const before = own().length;
      receiver.always(answer(200));
      await send(ordersOf({ orders: ORDERS, events: 1 }));
      await expect.poll(() => arrived().size, PATIENCE).toBe(ORDERS);
      expect(own()).toHaveLength(before + ORDERS);
    });

    test("while it is down: the database goes away for 20 s as a probe is due", async () => {
      const { postgres } = stage;
      test.skip(!postgres, "it has no server of its own");
      await postgres?.halt();
      receiver.always(answer(200));
      await sleep(20_000);
      await postgres?.resume();
      await expectDrained();
    });

    test("while it drains: every button, an edit, ⏸ and ▶️", async () => {
      receiver.always(answer(200, { delayMs: 20 }));
      await act("probeNowAction");
      await expect.poll(() => arrived().size, { ...PATIENCE, intervals: [20] }).toBeGreaterThan(20);
      for (const button of ["probeNowAction", "sendWaitingAction", "cancelWaitingAction"]) {
        expect(await press(button)).toContain('"ok":false');
      }
      await api.patch(`/outgoing-webhooks/${id}`, { description: "while it drains" });
      await act("pauseAction", { pause: { holdsOrders: true, until: null, reason: "" } });
      expect(arrived().size).toBeLessThan(WAITING);
      await act("switchOnAction");
      await expectDrained();
    });

    async function goDown(): Promise<void> {
      receiver.always(refuse(502));
      const fields = { retry_count: 0, give_up_after_minutes: 60, filter_statuses: ["CookingStarted"] };
      id = created(
        await api.post("/outgoing-webhooks", { name: "crm", webhook_url: `${receiver.url}/crm`, ...fields }),
      ).id;
      await send(ordersOf({ orders: ORDERS, events: 3 }));
      // Those that were under way as it went down have ended, too.
      await expect
        .poll(async () => own().length > 0 && (await failures()) === own().length, PATIENCE)
        .toBe(true);
    }

    function refuse(status: number): Behaviour {
      return (response, request) => {
        refused.add(request);
        answer(status)(response, request);
      };
    }

    function own() {
      return receiver.requests.filter(({ path }) => path !== "/another");
    }

    function arrived() {
      return arrivedIds(own().filter((request) => !refused.has(request)));
    }

    async function failures(): Promise<number> {
      return Number(((await api.get(`/outgoing-webhooks/${id}`)).body as Json).total_failed);
    }

    async function expectDrained(count = WAITING): Promise<void> {
      const startedAt = Date.now();
      await expect.poll(() => arrived().size, PATIENCE).toBe(count);
      expectInOrder(arrived());
      figure(
        `${name}, ${test.info().title}: ${count} of ${count} in order, ` +
          `${((Date.now() - startedAt) / 1_000).toFixed(1)} s later`,
      );
    }

    /** What the other webhook had to do for it is done, too. */
    async function expectAnotherWorks(): Promise<void> {
      const webhook = {
        name: "another",
        webhook_url: `${receiver.url}/another`,
        filter_statuses: ["Closed"],
      };
      created(await api.post("/outgoing-webhooks", webhook));
      await send(Array.from({ length: 20 }, () => makeEvent({ order: { status: "Closed" } })));
      const itsOwn = () => receiver.requests.filter(({ path }) => path === "/another");
      await expect.poll(() => itsOwn().length, PATIENCE).toBe(20);
    }

    async function send(events: unknown[]): Promise<void> {
      const { status } = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
      expect(status).toBe(200);
    }

    async function press(action: string, input: Json = {}): Promise<string> {
      return (
        await callAction({ url: product.url, name: action, input: { webhookId: id, ...input }, cookie })
      ).text;
    }

    async function act(action: string, input?: Json): Promise<void> {
      expect(await press(action, input)).toContain('"ok":true');
    }
  });
}
