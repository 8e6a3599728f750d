import { eventExample } from "../event-example";
import { Code, Example, List, PanelLink, SubHeading, Text } from "../prose";
import type { HelpSection } from "../section";

export function startEn(origin: string): HelpSection[] {
  return [
    {
      id: "what",
      title: "What the system does",
      content: (
        <>
          <Text>
            iiko-base keeps a restaurant's orders and reports every change. The system takes these reports and
            passes them on at once to where they are needed: Senler, a CRM, analytics. The webhooks that you
            set up here decide where, what and in which form.
          </Text>
          <List>
            <li>
              A webhook is one receiver's address with its own format, authorization, events and filters.
            </li>
            <li>
              A delivery is the way of one event to one webhook. If it fails at first, it is tried again.
            </li>
            <li>An attempt is one request. All attempts with their answers are in the log.</li>
          </List>
        </>
      ),
    },
    {
      id: "connect",
      title: "How to connect iiko-base",
      content: (
        <>
          <Text>
            iiko-base sends events by an ordinary POST request. The server's administrator knows the key{" "}
            <Code>EVENT_KEY</Code>. It may send one event or an array of up to 5000.
          </Text>
          <Example label="An order event" text={eventExample(origin)} />
          <List>
            <li>
              <Code>name</Code>: <Code>order.created</Code>, <Code>order.updated</Code>,{" "}
              <Code>order.status_changed</Code> or <Code>order.cancelled</Code>.
            </li>
            <li>
              The sender makes up the <Code>id</Code>. An event that comes again with the same id is not sent
              again.
            </li>
            <li>
              Money is a whole number of kopecks, times are ISO 8601 with an offset. <Code>status</Code> is
              required, and <Code>id</Code> or <Code>external_order_id</Code>.
            </li>
            <li>
              An event that does not fit is not lost: it is under{" "}
              <PanelLink href="/orders?state=rejected">Orders</PanelLink> with an explanation.
            </li>
          </List>
        </>
      ),
    },
    {
      id: "connect-iiko",
      title: "How to connect iiko itself",
      content: (
        <>
          <Text>
            iiko Cloud and SOI can send their own webhooks here, without iiko-base. The address{" "}
            <Code>/iiko/EVENT_KEY</Code> and what to enter in iiko are on the page{" "}
            <PanelLink href="/settings/sources">Where orders come from</PanelLink>.
          </Text>
          <List isOrdered>
            <li>
              Copy the address and enter it in iikoWeb, «iikoTransport API», as <Code>webHooksUri</Code>.
            </li>
            <li>
              If the server has an <Code>IIKO_AUTH_TOKEN</Code>, enter the same as <Code>authToken</Code>.
            </li>
            <li>
              In <Code>webHooksFilter</Code> tick the order statuses that you need, and errors.
            </li>
            <li>Press «Send a sample» on that page, then change a real order in iiko.</li>
          </List>
          <Text>
            Whether an order is new, has another status or is cancelled is told by what is known of it. A
            message that comes again sends nothing, and a late one sets no order back. In the format «iiko
            Cloud API, as iiko sends it» an order goes on exactly as it came.
          </Text>
        </>
      ),
    },
    {
      id: "create",
      title: "How to create a webhook",
      content: (
        <>
          <Text>
            Open <PanelLink href="/webhooks">Outgoing webhooks</PanelLink> and press “Add webhook”. The form
            goes step by step:
          </Text>
          <List isOrdered>
            <li>Give the webhook a name that your colleagues will know, and the receiver's URL.</li>
            <li>Choose the format: beside it you see at once what will be sent.</li>
            <li>Choose the authorization that the receiver asks for.</li>
            <li>Tick the events. Each box answers to exactly one event.</li>
            <li>If you do not need all orders, set filters.</li>
            <li>Check the retries and the timeout: what stands there is usually enough.</li>
            <li>Save and press 🧪: the receiver gets a test request, and you see its answer.</li>
          </List>
          <SubHeading>Three recipes</SubHeading>
          <List>
            <li>
              Senler for VK: the iiko SOI format, a bearer token from Senler, the events “created” and “status
              changed”, the type <Code>DELIVERY</Code>.
            </li>
            <li>A CRM: the custom format, basic auth or a header with a key, all events, no filters.</li>
            <li>
              Analytics: the iiko Cloud format, only “status changed”, the statuses <Code>Delivered</Code> and{" "}
              <Code>Closed</Code>.
            </li>
          </List>
        </>
      ),
    },
  ];
}
