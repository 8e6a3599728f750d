import { logExample } from "../event-example";
import { FaultAnswers } from "../fault-answers";
import { Answer, Code, Example, List, PanelLink, Text } from "../prose";
import type { HelpSection } from "../section";

export function problemsEn(origin: string): HelpSection[] {
  return [
    {
      id: "problems",
      title: "Solving problems",
      content: (
        <>
          <Answer question="A webhook is not sent">
            <Text>
              Find the order under <PanelLink href="/orders">Orders</PanelLink>: its history says outright why
              it was not sent. There are five causes:
            </Text>
            <List>
              <li>the order is not there: iiko-base did not send it;</li>
              <li>the event was rejected: its data do not fit the description;</li>
              <li>the webhook was switched off;</li>
              <li>the webhook has this event switched off;</li>
              <li>the order did not pass one of the filters.</li>
            </List>
          </Answer>
          <FaultAnswers />
        </>
      ),
    },
    {
      id: "faq",
      title: "Frequent questions",
      content: (
        <>
          <Answer question="Can I send to several addresses?">
            <Text>Yes: make a webhook for each. A slow receiver does not hold up the others.</Text>
          </Answer>
          <Answer question="What exactly is sent of an order?">
            <Text>
              That depends on the format: from status and amount to the items with their modifiers. The
              webhook's form shows the exact JSON for an example and for a real recent order.
            </Text>
          </Answer>
          <Answer question="How do I know that an order arrived?">
            <Text>It did when the receiver answered 200–299. The log and the order's history show it.</Text>
          </Answer>
          <Answer question="How do I know that a webhook stopped working?">
            <Text>
              An admin switches on <PanelLink href="/settings/alerts">alerts</PanelLink> in the settings: by
              Telegram, by mail or by both. What is told and when is chosen there, and a test is sent.
            </Text>
          </Answer>
          <Answer question="Can I send it once more?">
            <Text>
              Yes: any request of the log, any delivery on an order's page, a cancelled one too, or all that
              failed at once. It takes the role “Manager”.
            </Text>
          </Answer>
          <Answer question="How many webhooks can I have?">
            <Text>There is no limit, but keep at most ten switched on: they are easier to watch.</Text>
          </Answer>
          <Answer question="How long is the log kept?">
            <Text>
              Thirty days, unless the administrator has changed <Code>LOG_RETENTION_DAYS</Code>.
            </Text>
          </Answer>
          <Answer question="Who may do what?">
            <List>
              <li>A viewer sees webhooks, log and orders, but neither bodies nor the customer's data.</li>
              <li>An operator sees the bodies too and may send tests.</li>
              <li>A manager creates, changes and deletes webhooks and resends.</li>
              <li>An admin manages users, tokens and alerts and sees the audit trail.</li>
            </List>
          </Answer>
        </>
      ),
    },
    {
      id: "api",
      title: "API for developers",
      content: (
        <>
          <Text>
            What the panel can do, the REST API can do too: the same address, the path <Code>/api/v1</Code>.
            An admin creates tokens in the <PanelLink href="/settings/tokens">settings</PanelLink>; each has a
            role.{" "}
            <a
              href="/api/docs"
              className="font-medium text-primary underline underline-offset-4 hover:no-underline"
            >
              The whole API described
            </a>
            .
          </Text>
          <Example label="The latest errors" text={logExample(origin)} />
        </>
      ),
    },
  ];
}
