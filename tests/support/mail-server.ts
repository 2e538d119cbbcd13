import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire. */
export interface Delivery {
  email: Email;
  /** To whom the envelope was addressed. */
  recipients: string[];
  /** Whether the line was encrypted, and who signed in on it. */
  encrypted: boolean;
  user: string | undefined;
}

/** A real mail server on this machine. */
export interface MailServer {
  /** Ready for SMTP_URL. */
  url: string;
  port: number;
  deliveries: Delivery[];
  close(): Promise<void>;
}

export interface MailServerOptions extends SMTPServerOptions {
  port?: number;
  /** Asked before a mail is taken: a refusal, or nothing. Called with the number of mails that have come so far. */
  onMail?: (delivery: Delivery, count: number) => Error | undefined;
}

/** What a server says when it refuses. */
export function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** Starts a server that takes every mail, unless the options say otherwise. */
export async function startMailServer({ port = 0, onMail, ...options }: MailServerOptions = {}): Promise<MailServer> {
  const deliveries: Delivery[] = [];
  const seen: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    ...options,
    onData(stream, session, done) {
      const read = buffer(stream).then((bytes) => PostalMime.parse(bytes));
      read.then((email) => {
        const delivery = {
          email,
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          encrypted: session.secure,
          user: session.user,
        };
        seen.push(delivery);
        const refused = onMail?.(delivery, seen.length);
        if (!refused) deliveries.push(delivery);
        done(refused);
      }, done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    deliveries,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
