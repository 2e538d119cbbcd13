import { fail, redirect } from '@sveltejs/kit';
import { beginPayment, type CheckoutTyped, checkoutPage, placeOrder } from '#features/commerce/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { chosenCoupon, chosenCurrency, guestCartOf, handOverGuestCart, keepCoupon } from '../cart-cookies.ts';
import { refused, textOf } from '../form-answers.ts';
import { senderOf } from '../sender-cookie.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { leadOn } from './lead-on.ts';

/** One thing that is bought by itself, as the address says it; the addresses of the form's buttons say it too. */
function onlyOf({ searchParams }: URL) {
  const [product, interval] = [searchParams.get('product'), searchParams.get('interval')];
  if (!product) return null;
  const isInterval = interval === 'MONTH' || interval === 'YEAR';
  return { productId: product, quantity: 1, isGift: false, ...(isInterval && { interval: interval as 'MONTH' | 'YEAR' }) };
}

const emptyBilling = { name: '', country: '', region: '', line1: '', city: '', postcode: '', isBusiness: false, taxId: '' };

export const load: PageServerLoad = async (event) => {
  const checkout = await checkoutPage(
    event.locals.ctx,
    { guestProductIds: guestCartOf(event), currency: chosenCurrency(event), only: onlyOf(event.url) },
    { couponCode: chosenCoupon(event) ?? '' },
  );
  return { checkout };
};

function requestOf(event: RequestEvent, form: FormData) {
  return { guestProductIds: guestCartOf(event), currency: textOf(form, 'currency') || chosenCurrency(event), only: onlyOf(event.url) };
}

function typedIn(form: FormData): Required<CheckoutTyped> {
  const names = Object.keys(emptyBilling) as (keyof typeof emptyBilling)[];
  const texts = Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<keyof typeof emptyBilling, string>;
  return { billing: { ...texts, isBusiness: form.has('isBusiness') }, couponCode: textOf(form, 'coupon') };
}

interface Problem {
  message: string | null;
  fields: Record<string, string>;
}

/** The page as it stands with what was typed, and what is wrong with it. */
async function answered(event: RequestEvent, form: FormData, problem: Problem) {
  const checkout = await checkoutPage(event.locals.ctx, requestOf(event, form), typedIn(form));
  // The key stays: a form that is sent again is the same order, until it is placed.
  return {
    kind: 'reckoned' as const,
    checkout: { ...checkout, key: textOf(form, 'key') || checkout.key },
    confirmed: textOf(form, 'confirmedCountry'),
    provider: textOf(form, 'provider'),
    ...problem,
  };
}

export const actions = {
  update: async (event) => {
    const form = await event.request.formData();
    keepCoupon(event, textOf(form, 'coupon'));
    try {
      return await answered(event, form, { message: null, fields: {} });
    } catch (error) {
      return refused(error, {});
    }
  },
  place: async (event) => {
    const form = await event.request.formData();
    const { ctx } = event.locals;
    try {
      await handOverGuestCart(event);
      const typed = typedIn(form);
      const { items, currency } = await checkoutPage(ctx, requestOf(event, form), { ...typed, couponCode: '' });
      // What they saw was in another currency: the same number would be another sum.
      if (items.length > 0 && currency !== textOf(form, 'currency')) return await answered(event, form, wordsOf({ kind: 'changed' }));
      const placed = await placeOrder(ctx, {
        key: textOf(form, 'key'),
        items,
        currency,
        couponCode: typed.couponCode.trim() || null,
        provider: textOf(form, 'provider'),
        billing: typed.billing,
        confirmedCountry: textOf(form, 'confirmedCountry') || null,
        expectedTotal: Number(textOf(form, 'expectedTotal') || Number.NaN),
        expectedRecurring: textOf(form, 'expectedRecurring') === '' ? null : Number(textOf(form, 'expectedRecurring')),
        via: senderOf(event.cookies),
      });
      if (placed.kind === 'open') redirect(303, `/checkout/${placed.number}?open`);
      if (placed.kind !== 'placed') return await answered(event, form, wordsOf(placed));
      keepCoupon(event, '');
      return placed.isSettled ? redirect(303, `/checkout/${placed.number}`) : await toPayment(event, placed.number);
    } catch (error) {
      const { status, data } = refused(error, {});
      // Who may not buy has no checkout to be shown.
      if (status === 401 || status === 403) return fail(status, data);
      return fail(status, await answered(event, form, { message: data.message, fields: data.fields }));
    }
  },
} satisfies Actions;

function wordsOf(placed: Exclude<Awaited<ReturnType<typeof placeOrder>>, { kind: 'placed' | 'open' }>): Problem {
  switch (placed.kind) {
    case 'changed':
      return { message: 'The sum is another one now. Look at it again, and order if it is right for you.', fields: {} };
    case 'unavailable':
      return { message: 'Something here cannot be bought as it is.', fields: {} };
    case 'place':
      return {
        message: 'Say where you are at home, and order again.',
        fields: { confirmedCountry: 'Tick this, or choose another country.' },
      };
    case 'coupon':
      return { message: null, fields: { coupon: placed.message } };
  }
}

/** The order is placed: where its payment cannot be begun at the moment, its page offers to try again. */
async function toPayment(event: RequestEvent, number: string) {
  try {
    return leadOn(event, await beginPayment(event.locals.ctx, { number }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return redirect(303, `/checkout/${number}`);
  }
}
