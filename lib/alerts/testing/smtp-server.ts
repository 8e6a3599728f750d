import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type TestSmtpServer = {
  url: string;
  /** The mails it took, headers and body as they came over the wire. */
  mails: { from: string; to: string[]; raw: string }[];
  /** Until told otherwise, refuses every mail with this reason; null takes them again. */
  refuse: (reason: string | null) => void;
  close: () => Promise<void>;
};

export const SMTP_USER = { user: "alerts", password: "smtp-password-nobody-may-see" };

/** A real SMTP server on loopback that asks for SMTP_USER and keeps what it takes. */
export async function startSmtpServer(): Promise<TestSmtpServer> {
  const mails: TestSmtpServer["mails"] = [];
  let refusal: string | null = null;
  const server = new SMTPServer({
    authMethods: ["PLAIN"],
    // Without TLS the client may still sign in; this server never leaves the machine.
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === SMTP_USER.user && password === SMTP_USER.password;
      // A refusal that quotes the password, as some servers do.
      done(isKnown ? null : new Error(`no user with password ${password}`), { user: username });
    },
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      if (refusal !== null) return done(new Error(refusal));
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom === false ? "" : mailFrom.address;
      mails.push({
        from,
        to: rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString("utf8"),
      });
      done();
    },
  });
  server.on("error", () => {});
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    url: `smtp://${SMTP_USER.user}:${SMTP_USER.password}@127.0.0.1:${port}`,
    mails,
    refuse: (reason) => {
      refusal = reason;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
