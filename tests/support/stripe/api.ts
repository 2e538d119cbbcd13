import type Stripe from 'stripe';
import { amountOf } from './charges.ts';
import { expire, openSession } from './checkout.ts';
import { type Form, textAt, textsAt } from './form.ts';
import { refund } from './money-back.ts';
import type { Post } from './post.ts';
import { StripeRefusal } from './refusal.ts';
import type { Shelf, StripeThing } from './shelf.ts';
import { changeSubscription } from './subscriptions.ts';

/** What an answer is made of. */
export interface Asked {
  shelf: Shelf;
  post: Post;
  url: string;
  id: string;
  form: Form;
  /** Whether banks take their time with refunds. */
  isSlow: boolean;
}

type Answer = (asked: Asked) => unknown;

const kinds: Record<string, string> = {
  'checkout/sessions': 'checkout.session',
  customers: 'customer',
  refunds: 'refund',
  disputes: 'dispute',
  invoices: 'invoice',
  subscriptions: 'subscription',
};

/** What Stripe can be asked to do here, by method and address. */
const answers: Record<string, Answer> = {
  'POST customers': ({ shelf, form }) =>
    shelf.put<Stripe.Customer>('customer', 'cus', {
      ...{ email: textAt(form, 'email') ?? null, name: textAt(form, 'name') ?? null, metadata: textsAt(form, 'metadata') },
    }),
  'POST coupons': ({ shelf, form }) => {
    const currency = textAt(form, 'currency') ?? '';
    return shelf.put<Stripe.Coupon>('coupon', 'co', { amount_off: amountOf(form, 'amount_off', currency), currency, duration: 'once' });
  },
  'POST checkout/sessions': ({ shelf, url, form }) => openSession(shelf, url, form),
  'GET checkout/sessions': ({ shelf, form }) => listed(shelf.all<Stripe.Checkout.Session>('checkout.session'), form, ['customer']),
  'POST checkout/sessions/:id/expire': ({ shelf, post, id }) => expire(shelf, post, id),
  'POST refunds': ({ shelf, post, form, isSlow }) => refund(shelf, post, form, isSlow),
  'GET refunds': ({ shelf, form }) => listed(shelf.all<Stripe.Refund>('refund'), form, ['payment_intent', 'charge']),
  'POST subscriptions/:id': ({ shelf, post, id, form }) => changeSubscription(shelf, post, id, form),
  'POST billing_portal/sessions': ({ shelf, url, form }) => {
    const customer = shelf.get('customer', textAt(form, 'customer') ?? '', 'customer').id;
    const session = shelf.put<Stripe.BillingPortal.Session>('billing_portal.session', 'bps', {
      customer,
      return_url: textAt(form, 'return_url') ?? null,
    });
    session.url = `${url}/portal/${session.id}`;
    return session;
  },
};

function listed<Thing extends StripeThing>(things: Thing[], form: Form, names: readonly string[]) {
  const isWanted = (thing: Thing) =>
    names.every((name) => textAt(form, name) === undefined || (thing as unknown as Record<string, unknown>)[name] === textAt(form, name));
  return { object: 'list', has_more: false, url: '/v1', data: things.filter(isWanted).slice(0, Number(textAt(form, 'limit') ?? 10)) };
}

/** What Stripe answers to a request below `/v1/`. */
export function answerOf(method: string, path: string, asked: Omit<Asked, 'id'>): unknown {
  const expand = Object.values(asked.form.expand ?? {}).map(String);
  const [, place = path, id = '', rest = ''] = /^(.+?)\/((?:cs|cus|re|dp|in|sub)_\w+)(\/\w+)?$/.exec(path) ?? [];
  const known = answers[`${method} ${id ? `${place}/:id${rest}` : path}`];
  if (known) {
    const answer = known({ ...asked, id });
    return 'id' in (answer as object) ? asked.shelf.shown(answer as StripeThing, expand) : structuredClone(answer);
  }
  const kind = kinds[place];
  if (method === 'GET' && id && rest === '' && kind) return asked.shelf.shown(asked.shelf.get(kind, id), expand);
  throw new StripeRefusal(`Unrecognized request URL (${method}: /v1/${path}).`, {}, 404);
}
