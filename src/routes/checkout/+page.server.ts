import { redirect } from '@sveltejs/kit';
import { beginPayment, type CheckoutTyped, checkoutPage, placeOrder } from '#features/commerce/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { chosenCoupon, chosenCurrency, guestCartOf, handOverGuestCart, keepCoupon } from '../cart-cookies.ts';
import { refused, textOf } from '../form-answers.ts';
import { senderOf } from '../sender-cookie.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { leadOn } from './lead-on.ts';

/** One thing that is bought by itself, as an address or the form says it. */
function onlyOf(product: string | null, interval: string | null) {
  if (!product) return null;
  const isInterval = interval === 'MONTH' || interval === 'YEAR';
  return { productId: product, quantity: 1, isGift: false, ...(isInterval && { interval: interval as 'MONTH' | 'YEAR' }) };
}

const emptyBilling = { name: '', country: '', region: '', line1: '', city: '', postcode: '', isBusiness: false, taxId: '' };

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const checkout = await checkoutPage(
    event.locals.ctx,
    {
      guestProductIds: guestCartOf(event),
      currency: chosenCurrency(event),
      only: onlyOf(searchParams.get('product'), searchParams.get('interval')),
    },
    { couponCode: chosenCoupon(event) ?? '' },
  );
  return { checkout };
};

function requestOf(event: RequestEvent, form: FormData) {
  const only = onlyOf(textOf(form, 'product'), textOf(form, 'interval'));
  return { guestProductIds: guestCartOf(event), currency: textOf(form, 'currency') || chosenCurrency(event), only };
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
  const only = { product: textOf(form, 'product') || null, interval: textOf(form, 'interval') };
  return { kind: 'reckoned' as const, checkout: { ...checkout, key: textOf(form, 'key') || checkout.key }, only, ...problem };
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
      const { items, currency } = await checkoutPage(ctx, requestOf(event, form), typedIn(form));
      const typed = typedIn(form);
      const placed = await placeOrder(ctx, {
        key: textOf(form, 'key'),
        items,
        currency,
        couponCode: typed.couponCode.trim() || null,
        provider: textOf(form, 'provider'),
        billing: typed.billing,
        expectedTotal: Number(textOf(form, 'expectedTotal') || Number.NaN),
        via: senderOf(event.cookies),
      });
      if (placed.kind !== 'placed') return await answered(event, form, wordsOf(placed));
      keepCoupon(event, '');
      return placed.isSettled ? redirect(303, `/checkout/${placed.number}`) : await toPayment(event, placed.number);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') return refused(error, {});
      return await answered(event, form, { message: error.message, fields: error.fields });
    }
  },
} satisfies Actions;

function wordsOf(placed: { kind: 'changed' } | { kind: 'unavailable' } | { kind: 'coupon'; message: string }): Problem {
  switch (placed.kind) {
    case 'changed':
      return { message: 'The sum is another one now. Look at it again, and order if it is right for you.', fields: {} };
    case 'unavailable':
      return { message: 'Something here cannot be bought as it is.', fields: {} };
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
