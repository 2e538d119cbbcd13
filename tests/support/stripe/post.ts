import { createHmac } from 'node:crypto';
import type { Shelf, StripeThing } from './shelf.ts';

/** Something that Stripe tells of. */
export interface StripeMessage extends StripeThing {
  type: string;
  created: number;
  data: { object: StripeThing; previous_attributes?: Record<string, unknown> };
}

/** How a message is sent; as Stripe would, unless it says otherwise. */
export interface Sending {
  /** When it is signed. */
  at?: Date;
  /** By which secret. */
  secret?: string;
  /** What becomes of the body once it has been signed. */
  change?: (body: string) => string;
}

/** A message on its way. */
export interface SignedMessage {
  body: string;
  headers: { 'content-type': string; 'stripe-signature': string };
}

/** Stripe's messenger. It keeps what happens until it is asked to tell it, or tells it as it happens. */
export interface Post {
  /** All that happened, oldest first. */
  readonly messages: readonly StripeMessage[];
  /** Notes that something happened. */
  tell(type: string, object: StripeThing, before?: Record<string, unknown>): void;
  /** The newest message of a type. */
  latest(type: string): StripeMessage;
  sign(message: StripeMessage, sending?: Sending): SignedMessage;
  /** Sends messages to an address one after another, and returns the statuses of the answers; as they are given: twice, late, or in another order. */
  send(url: string, messages: readonly StripeMessage[], sending?: Sending): Promise<number[]>;
  /** From now on, what happens is sent to this address at once. */
  sendTo(url: string): void;
  /** Waits until all that was sent is answered. */
  settled(): Promise<void>;
}

/** Stripe's messenger, with the secret that the endpoint knows. */
export function createPost(shelf: Shelf, secret: string): Post {
  const messages: StripeMessage[] = [];
  let address: string | undefined;
  let sent: Promise<unknown> = Promise.resolve();

  const sign: Post['sign'] = (message, { at = new Date(), secret: by = secret, change = (body: string) => body } = {}) => {
    const body = JSON.stringify(message, null, 2);
    const moment = Math.floor(at.getTime() / 1000);
    const signature = createHmac('sha256', by).update(`${moment}.${body}`).digest('hex');
    return {
      body: change(body),
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': `t=${moment},v1=${signature}` },
    };
  };
  const send: Post['send'] = async (url, these, sending) => {
    const statuses: number[] = [];
    for (const message of these) {
      const answer = await fetch(url, { method: 'POST', ...sign(message, sending) });
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
    return statuses;
  };

  return {
    messages,
    tell(type, object, before) {
      const data = { object: shelf.shown(object), ...(before ? { previous_attributes: before } : {}) };
      const message = shelf.put<StripeMessage>('event', 'evt', { type, data });
      messages.push(message);
      if (address === undefined) return;
      const to = address;
      sent = sent.then(() => send(to, [message])).catch(() => undefined);
    },
    latest(type) {
      const message = messages.findLast((message) => message.type === type);
      if (!message) throw new Error(`Stripe has told of no ${type}`);
      return message;
    },
    sign,
    send,
    sendTo(url) {
      address = url;
    },
    async settled() {
      await sent;
    },
  };
}
