import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type Stripe from 'stripe';
import { portForServer } from './ports.ts';
import { answerOf } from './stripe/api.ts';
import { expire, type Paying, pay, settle } from './stripe/checkout.ts';
import { readForm } from './stripe/form.ts';
import { decide, dispute, endRefund, refund } from './stripe/money-back.ts';
import { checkoutPage, portalPage } from './stripe/pages.ts';
import { createPost, type Post } from './stripe/post.ts';
import { StripeRefusal } from './stripe/refusal.ts';
import { createShelf, type Shelf } from './stripe/shelf.ts';
import { end, renew } from './stripe/subscriptions.ts';

/** A server that speaks as much of Stripe's API as the shop does, and what the test lets happen there. */
export interface StripeServer {
  /** Settings of a school that is paid through it. */
  settings: Record<string, string>;
  /** Its messenger. */
  post: Post;
  /** Everything it keeps, to look at and to change. */
  shelf: Shelf;
  /** Every request that the school made, as `POST checkout/sessions`. */
  requests: string[];
  /** Whether banks take their time with refunds. */
  slowRefunds: boolean;
  /** Whether it answers nothing but errors. */
  isDown: boolean;
  /** What a buyer does at the page of a session. */
  pay(sessionId: string, how?: Paying): void;
  /** Brings the money that was on its way, or not. */
  settle(sessionId: string, outcome: 'paid' | 'failed'): void;
  expire(sessionId: string): void;
  /** Gives money back, as by hand on Stripe's own pages. */
  refund(paymentId: string, amount?: number): Stripe.Refund;
  endRefund(refundId: string, outcome: 'succeeded' | 'failed'): void;
  dispute(paymentId: string, status?: Stripe.Dispute.Status): Stripe.Dispute;
  decide(disputeId: string, status: Stripe.Dispute.Status): void;
  /** Lets the next period of a membership begin. */
  renew(subscriptionId: string, isPaid?: boolean): void;
  end(subscriptionId: string): void;
  stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startStripe(): Promise<StripeServer> {
  const port = await portForServer();
  const url = `http://localhost:${port}`;
  const settings = { STRIPE_SECRET_KEY: 'sk_test_of_the_test', STRIPE_WEBHOOK_SECRET: 'whsec_of_the_test', STRIPE_API_BASE: url };
  const shelf = createShelf();
  const post = createPost(shelf, settings.STRIPE_WEBHOOK_SECRET);
  const remembered = new Map<string, { asked: string; status: number; body: string }>();
  const stripe: StripeServer = {
    settings,
    post,
    shelf,
    requests: [],
    slowRefunds: false,
    isDown: false,
    pay: (id, how = 'now') => pay(shelf, post, id, how),
    settle: (id, outcome) => settle(shelf, post, id, outcome),
    expire: (id) => void expire(shelf, post, id),
    refund: (id, amount) =>
      refund(shelf, post, { payment_intent: id, ...(amount === undefined ? {} : { amount: String(amount) }) }, stripe.slowRefunds),
    endRefund: (id, outcome) => endRefund(shelf, post, id, outcome),
    dispute: (id, status) => dispute(shelf, post, id, status),
    decide: (id, status) => decide(shelf, post, id, status),
    renew: (id, isPaid = true) => renew(shelf, post, id, isPaid),
    end: (id) => end(shelf, post, id),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  const answerApi = (request: IncomingMessage, path: string, query: string, body: string): { status: number; body: string } => {
    if (stripe.isDown) return { status: 503, body: JSON.stringify({ error: { type: 'api_error', message: 'Stripe is down.' } }) };
    const method = request.method ?? 'GET';
    const asked = `${method} ${path} ${body}`;
    const key = request.headers['idempotency-key'];
    const before = typeof key === 'string' ? remembered.get(key) : undefined;
    try {
      if (request.headers.authorization !== `Bearer ${settings.STRIPE_SECRET_KEY}`)
        throw new StripeRefusal('Invalid API Key provided.', {}, 401);
      if (before && before.asked !== asked)
        throw new StripeRefusal('Keys for idempotent requests can only be used with the same parameters.', { type: 'idempotency_error' });
      if (before) return before;
      stripe.requests.push(`${method} ${path}`);
      const form = readForm(method === 'GET' ? query : body);
      const answer = {
        asked,
        status: 200,
        body: JSON.stringify(answerOf(method, path, { shelf, post, url, form, isSlow: stripe.slowRefunds })),
      };
      if (typeof key === 'string') remembered.set(key, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return { status: error.status, body: JSON.stringify(error.body) };
    }
  };

  const answerPage = (method: string, place: string, id: string, body: string): { location?: string; html?: string } => {
    if (place === 'portal') return { html: portalPage(shelf.get<Stripe.BillingPortal.Session>('billing_portal.session', id)) };
    const session = shelf.get<Stripe.Checkout.Session>('checkout.session', id);
    const how = (new URLSearchParams(body).get('how') ?? 'now') as Paying;
    if (method === 'GET' || session.status !== 'open') return { html: checkoutPage(session, false) };
    pay(shelf, post, id, how);
    return how === 'declined' ? { html: checkoutPage(session, true) } : { location: session.success_url ?? '/' };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search } = new URL(request.url ?? '/', url);
    let body = '';
    for await (const chunk of request) body += chunk;
    if (pathname.startsWith('/v1/')) {
      const { status, body: json } = answerApi(request, pathname.slice(4), search.slice(1), body);
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_of_the_test' }).end(json);
      return;
    }
    const [, place = '', id = ''] = pathname.split('/');
    const { location, html } = answerPage(request.method ?? 'GET', place, id, body);
    // As Stripe does: the message is on its way before the buyer is sent back.
    if (location) response.writeHead(303, { location }).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return stripe;
}
