import { fail, redirect } from '@sveltejs/kit';
import { adminOrder, cancelPendingOrder, markPaid, refundOrder, resendReceipt } from '#features/commerce/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isCurrency, parseMoney } from '#platform/money.ts';
import { refused, textOf } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

/** What stands at the top of the page once a deed is done. */
const done: Record<string, string> = {
  refunded: 'The money is given back. We have written to the buyer.',
  waiting: 'The refund is with the payment provider. It is booked as soon as the provider says that it went through.',
  failed: 'The provider refused the refund. Nothing has changed; its reason is at the provider’s own pages.',
  settled: 'The order is paid, and what was bought is open. We have written to the buyer.',
  kept: 'The money is noted, but what was bought can no longer be given: give it back.',
  cancelled: 'The order is cancelled.',
  resent: 'The receipt is on its way to the buyer.',
};

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const { timeZone, locale } = requirePerson(ctx);
  const word = url.searchParams.get('done') ?? '';
  return {
    ...(await adminOrder(ctx, { number: params.number })),
    timeZone,
    locale,
    done: done[word] ?? null,
    isTrouble: word === 'failed' || word === 'kept',
  };
};

type Event = Parameters<Actions[string]>[0];

/** Does something with the order, and shows the page anew so that reloading does not do it again. */
async function deed(event: Event, work: (ctx: Context, number: string) => Promise<string>) {
  let word: string;
  try {
    word = await work(event.locals.ctx, event.params.number);
  } catch (error) {
    return refused(error, {});
  }
  redirect(303, `/admin/orders/${event.params.number}?done=${word}`);
}

function amountIn(ctx: Context, typed: string, currency: string): number | null {
  if (typed.trim() === '' || !isCurrency(currency)) return null;
  const money = parseMoney(typed, currency, requirePerson(ctx).locale);
  if (!money)
    throw new AppError('invalid', 'Something here needs another look.', { fields: { amount: `This is no amount in ${currency}.` } });
  return money.minor;
}

export const actions = {
  refund: async (event) => {
    const form = await event.request.formData();
    const values = { itemId: textOf(form, 'itemId'), amount: textOf(form, 'amount'), reason: textOf(form, 'reason') };
    const { ctx } = event.locals;
    let word: string;
    try {
      const amount = amountIn(ctx, values.amount, textOf(form, 'currency'));
      word = await refundOrder(ctx, { number: event.params.number, itemId: values.itemId || null, amount, reason: values.reason });
    } catch (error) {
      const { status, data } = refused(error, values);
      return fail(status, data);
    }
    redirect(303, `/admin/orders/${event.params.number}?done=${word}`);
  },
  markPaid: (event) => deed(event, async (ctx, number) => ((await markPaid(ctx, { number })) === 'settled' ? 'settled' : 'kept')),
  cancel: (event) =>
    deed(event, async (ctx, number) => {
      await cancelPendingOrder(ctx, { number });
      return 'cancelled';
    }),
  resendReceipt: (event) =>
    deed(event, async (ctx, number) => {
      await resendReceipt(ctx, { number });
      return 'resent';
    }),
} satisfies Actions;
