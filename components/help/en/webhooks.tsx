import { Code, List, PanelLink, SubHeading, Text } from "../prose";
import type { HelpSection } from "../section";

export const WEBHOOKS_EN: HelpSection[] = [
  {
    id: "formats",
    title: "Data formats",
    content: (
      <>
        <List>
          <li>
            <strong>iiko SOI API</strong> is for systems that take orders from iiko already. <Code>type</Code>{" "}
            is <Code>CREATE</Code> for a new order and <Code>UPDATE</Code> for all else, money is in roubles.
          </li>
          <li>
            <strong>iiko Cloud API</strong> looks like the event <Code>DeliveryOrderUpdate</Code>: money in
            roubles, times in UTC. Libraries for iiko Cloud do not read it.
          </li>
          <li>
            <strong>iiko Cloud API, as iiko sends it</strong> is the array that iiko Cloud itself sends, for
            its libraries. An order that came from iiko Cloud goes on exactly as it came.
          </li>
          <li>
            <strong>Custom</strong> is flat JSON: money in kopecks, times in UTC. Keep only the fields you
            need, or write a template.
          </li>
        </List>
        <Text>«Compare formats» in the form shows one order in all four, and who reads which.</Text>
        <SubHeading>Template</SubHeading>
        <Text>
          A template is your own JSON with names such as <Code>{"{{order.status}}"}</Code> in place of values.
          A string that is one name takes the value's own type: a number stays a number. Quotes in a
          customer's name do not break it. The form shows a mistake before you save.
        </Text>
      </>
    ),
  },
  {
    id: "auth",
    title: "Authorization and secrets",
    content: (
      <>
        <List>
          <li>None, for trying out and for receivers that know us by the signature.</li>
          <li>
            Bearer token: the header <Code>Authorization: Bearer …</Code> goes along.
          </li>
          <li>Basic auth: a user name and a password.</li>
          <li>
            Custom headers: any names and values, for example <Code>X-API-Key</Code>. They can be added to
            another kind too: «Additional headers».
          </li>
        </List>
        <Text>
          Saved secrets are encrypted, and nobody can read them, neither here nor through the API: you only
          see that one is set. In the log <Code>***</Code> stands in their place.
        </Text>
      </>
    ),
  },
  {
    id: "filters",
    title: "Events and filters",
    content: (
      <>
        <Text>
          An order is sent when its event is ticked and every filter that is set holds. An empty filter lets
          all through. An order that lacks the field a filter looks at is not sent.
        </Text>
        <List>
          <li>
            Organizations, by name or UUID. They get names in the settings, under{" "}
            <PanelLink href="/settings/sources">Where orders come from</PanelLink>.
          </li>
          <li>
            Types: <Code>DELIVERY</Code>, <Code>PICKUP</Code>, <Code>DINE_IN</Code>.
          </li>
          <li>
            Statuses: <Code>WaitCooking</Code>, <Code>CookingStarted</Code>, <Code>CookingCompleted</Code>,{" "}
            <Code>OnWay</Code>, <Code>Delivered</Code>, <Code>Closed</Code>, <Code>Cancelled</Code> and
            others.
          </li>
        </List>
        <Text>
          A cancellation is an event of its own, switched off in a new webhook. The form counts how many of
          the last hundred events would have been sent with these settings.
        </Text>
      </>
    ),
  },
  {
    id: "retries",
    title: "Retries and timeout",
    content: (
      <List>
        <li>From 0 to 10 retries after the first attempt, 3 unless you change it: at most four requests.</li>
        <li>From 1 to 300 seconds between them, 5 unless you change it.</li>
        <li>
          A timeout of 5 to 300 seconds, 30 unless you change it, for the whole exchange including the
          answer's body.
        </li>
        <li>
          A receiver can ask for a longer pause by <Code>Retry-After</Code> in answers 429 and 503: up to an
          hour.
        </li>
        <li>
          The answer <Code>410 Gone</Code> switches the webhook off: the receiver asks for no more.
        </li>
        <li>
          Each attempt uses the settings of that moment: a corrected token helps the very next one. Deleting a
          webhook cancels all that still waits.
        </li>
      </List>
    ),
  },
  {
    id: "waiting",
    title: "Order, pauses and a receiver that is away",
    content: (
      <>
        <SubHeading>One after another</SubHeading>
        <Text>
          The events of one order go out one after another, as iiko-base sent them: the next one when the one
          before was delivered, failed for good or was cancelled. Other orders do not wait. The order's
          history says “Waits behind <Code>order.created</Code> of the same order”. What is resent goes to the
          end of the line. Where this is not wanted, switch it off in the settings.
        </Text>
        <SubHeading>A pause that holds orders</SubHeading>
        <Text>
          ⏸ pauses a webhook. If anything waits to be sent already, it asks whether to hold or to cancel it.
          What is held waits for ▶️, as new orders do, and then goes out in order, the oldest first, at first
          one at a time. A reason and an end can be given: then the webhook is switched on by itself. While
          orders are held, the time that the settings give to wait for the receiver does not run. What is
          cancelled is not sent, and new orders do not go to the webhook until it is on again; the API
          switches a webhook off in the same way.
        </Text>
        <SubHeading>Slower when asked</SubHeading>
        <Text>
          After an answer 429 or 503 the webhook pauses: for its <Code>Retry-After</Code> (Telegram's{" "}
          <Code>retry_after</Code>), else for the delay between retries, doubled each time up to five minutes.
          Then it goes on with one request at once and slowly more. What waits its turn uses up no attempts.
        </Text>
        <SubHeading>Outlasting an outage</SubHeading>
        <Text>
          Where the settings say how long to wait for the receiver, no order is lost while it does not answer
          or answers 5xx. The webhook is down: its orders wait, and after 10 seconds, 20, 40 and so on up to
          five minutes the oldest of them is tried. Once the receiver answers, all of it goes out by itself,
          the oldest first. What waits for longer than that is not sent, and a message names the orders. A day
          (1440 minutes) suits a CRM and reports, 30 minutes suit a kitchen and chats.
        </Text>
        <Text>
          While a webhook is down, a manager can check the receiver now, send what waits at once or cancel it,
          on the webhook's page. A change of its settings has it checked too. A refusal such as 400 or 404
          holds up nothing: that order alone is not delivered.
        </Text>
      </>
    ),
  },
  {
    id: "many",
    title: "Many webhooks at once",
    content: (
      <List>
        <li>
          Tick webhooks in the table: below appears what can be done to all of them: switch on, pause, test,
          export, delete. What did not work is named for each webhook.
        </li>
        <li>
          “Duplicate” in the menu ⋯ opens a form with the same settings, without the secrets and switched off.
        </li>
        <li>
          “Export” writes the settings as JSON without secrets: keys in an address stand as ***, and which
          secrets were set is told apart. Each entry of the file can be sent to the REST API as well.
        </li>
        <li>
          <PanelLink href="/webhooks/import">Import</PanelLink> first shows what will be created and which
          secrets to type. All that is ticked is created, or nothing; new webhooks are off.
        </li>
      </List>
    ),
  },
  {
    id: "watch",
    title: "Test, log and resending",
    content: (
      <>
        <Text>
          The button 🧪 sends a test request, which counts in no statistics. The{" "}
          <PanelLink href="/logs">delivery log</PanelLink> shows every request: webhook, order, event, number
          of the attempt, status, time and error. An attempt's page has the headers and bodies, the other
          attempts of its delivery and when the next one is due; “Newer” and “Older”, the keys Alt+K and
          Alt+J, lead to those beside it in the same filter. “Download CSV” gives what is chosen as a file for
          a spreadsheet, without bodies.
        </Text>
        <List>
          <li>“Resend” makes a new delivery of the same event in the webhook's present format.</li>
          <li>
            “Resend undelivered” does so with all that was not delivered within the filter. First you see how
            many there are.
          </li>
          <li>
            <PanelLink href="/orders">Orders</PanelLink> (and the log’s search) finds an order by its number,
            phone, external ID or the customer's name — from three characters on also by how these begin, and
            the external ID by how it ends — and says of each webhook: sent, waiting, failed, or not sent and
            why.
          </li>
          <li>
            On an order's page a manager sends any delivery again, a cancelled one too, or all that did not
            get through. “Send anyway” sends an event that did not match the webhook, or came while it was
            off.
          </li>
          <li>
            There “What came in” shows the event as it was sent to us, and “Send this order as a test…” sends
            it once to a webhook you choose, outside the statistics.
          </li>
          <li>
            <PanelLink href="/overview">Overview</PanelLink> shows which webhooks are in trouble right now:
            “Failing” — the newest request did not get through; “Unsteady” — it did, but fewer than 90% of the
            last 24 hours; “Down” — the receiver is away and orders wait for it. The others are “Working”.
          </li>
        </List>
      </>
    ),
  },
];
