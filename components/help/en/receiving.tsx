import { CodeSamples } from "../code-samples";
import { Code, List, PanelLink, Text } from "../prose";
import type { HelpSection } from "../section";

export const RECEIVING_EN: HelpSection[] = [
  {
    id: "receiver",
    title: "What a receiver has to do",
    content: (
      <>
        <List isOrdered>
          <li>
            Take POST requests with a JSON body (<Code>Content-Type: application/json</Code>).
          </li>
          <li>Answer fast, within the webhook's timeout: first the answer, then long work.</li>
          <li>Answer 200–299 when the event is taken. Any other status is an error and is retried.</li>
          <li>On an error answer 4xx or 5xx and say briefly in the body what is wrong: the log shows it.</li>
          <li>
            Know repeats. An event comes at least once and now and then more often: <Code>webhook-id</Code> is
            the same for all attempts of a delivery.
          </li>
          <li>
            Look at the headers: <Code>webhook-event</Code> and <Code>webhook-event-time</Code> say what
            happened and when (UTC), <Code>webhook-attempt</Code> which attempt it is. A test’s event is{" "}
            <Code>test</Code>.
          </li>
          <li>Do not answer with a redirect: nobody follows it.</li>
        </List>
        <Text>
          Events of different orders, and with retries even of one order, may come out of order. Go by the
          time and the status in the data.
        </Text>
      </>
    ),
  },
  {
    id: "inspector",
    title: "The inspector: test without a server of your own",
    content: (
      <>
        <Text>
          The <PanelLink href="/inspector">inspector</PanelLink> is a built-in receiver. It shows each request
          in full: headers, body, whether the signature is valid, which attempt it is. And it answers as you
          tell it to.
        </Text>
        <List isOrdered>
          <li>Press “Create a webhook to the inspector”: the address is filled in. Save it and press 🧪.</li>
          <li>
            Choose an answer and when to give it. Take 500 to the first two of each <Code>webhook-id</Code>:
            the third attempt arrives, and the log shows the retries.
          </li>
          <li>
            A timeout (a delay), 429 with Retry-After, 410 and a dropped connection are tried the same way.
          </li>
        </List>
        <Text>
          The last 200 requests and 64 KiB of each body are kept. Secrets in headers are shown to managers.
          There is one inspector for all: colleagues' webhooks that point at it get the new answer too.
        </Text>
      </>
    ),
  },
  {
    id: "signature",
    title: "Checking the signature",
    content: (
      <>
        <Text>
          If the webhook has a signing secret, every request is signed as Standard Webhooks says. The
          signature is the HMAC-SHA256 of “<Code>webhook-id</Code>.<Code>webhook-timestamp</Code>.body”; the
          key is the secret without <Code>whsec_</Code>, decoded from base64.
        </Text>
        <List>
          <li>Check the body byte for byte, before you parse the JSON.</li>
          <li>Refuse requests whose time differs from yours by more than five minutes.</li>
          <li>Compare signatures by a function that takes the same time for any data.</li>
          <li>
            <Code>webhook-signature</Code> may hold several signatures with spaces between: for a day after a
            secret was replaced both are valid. One that fits is enough.
          </li>
        </List>
        <CodeSamples label="Programming language" />
      </>
    ),
  },
  {
    id: "security",
    title: "Security",
    content: (
      <List>
        <li>Use https:// addresses: over http:// an order with its customer's phone travels in the open.</li>
        <li>Keep tokens out of mails and chats. Replace a doubtful one at once.</li>
        <li>Give a receiver only what it needs: that is what filters and the list of fields are for.</li>
        <li>Look at the overview: a new error shows there first.</li>
        <li>Addresses of inner networks are closed. The server's administrator can open exceptions.</li>
      </List>
    ),
  },
];
