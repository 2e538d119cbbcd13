import { fail, redirect } from '@sveltejs/kit';
import { addToCart, addToGuestCart, addWish, cartPage, removeFromCart } from '#features/commerce/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { chosenCoupon, chosenCurrency, guestCartOf, handOverGuestCart, keepCoupon, keepCurrency, keepGuestCart } from '../cart-cookies.ts';
import { refused, textOf } from '../form-answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const removed = searchParams.get('removed');
  return {
    cart: await cartPage(event.locals.ctx, {
      guestProductIds: guestCartOf(event),
      currency: chosenCurrency(event),
      couponCode: chosenCoupon(event),
      removed: removed === null ? null : { productId: removed, ...howOf(searchParams.get('quantity'), searchParams.get('gift')) },
    }),
  };
};

/** How many, and whether as a present, as an address or a form says it. */
function howOf(quantity: string | null, gift: string | null) {
  return { quantity: quantity ? Number(quantity) : 1, isGift: gift === '1' };
}

/** What the form wants, done; where it is refused, the cart says why. */
function deed(work: (event: RequestEvent, form: FormData) => Promise<string>) {
  return async (event: RequestEvent) => {
    const form = await event.request.formData();
    let next: string;
    try {
      await handOverGuestCart(event);
      next = await work(event, form);
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, productId: textOf(form, 'productId') });
    }
    redirect(303, next);
  };
}

const ownedAlready = 'You have this already. It can be bought as a gift, or with seats for a team.';

async function put(event: RequestEvent, form: FormData): Promise<void> {
  const { ctx } = event.locals;
  const productId = textOf(form, 'productId');
  if (ctx.actor.kind === 'guest') {
    keepGuestCart(event, await addToGuestCart(ctx, { productId, productIds: guestCartOf(event) }));
    return;
  }
  const saysHow = form.has('quantity') || form.has('gift');
  const { kind } = await addToCart(ctx, { productId, ...(saysHow && howOf(textOf(form, 'quantity'), textOf(form, 'gift'))) });
  if (kind === 'owned') throw new AppError('conflict', ownedAlready);
}

async function takeOut(event: RequestEvent, productId: string): Promise<void> {
  const { ctx } = event.locals;
  if (ctx.actor.kind !== 'guest') return removeFromCart(ctx, { productId });
  const rest = guestCartOf(event).filter((id) => id !== productId);
  return keepGuestCart(event, rest);
}

export const actions = {
  add: deed(async (event, form) => {
    await put(event, form);
    return '/cart';
  }),
  buy: deed(async (event, form) => {
    await put(event, form);
    return event.locals.ctx.actor.kind === 'guest' ? '/sign-in?next=%2Fcheckout' : '/checkout';
  }),
  change: deed(async (event, form) => {
    const whom = textOf(form, 'whom');
    const how = whom === 'team' ? howOf(textOf(form, 'quantity'), null) : howOf(null, whom === 'gift' ? '1' : null);
    const { kind } = await addToCart(event.locals.ctx, { productId: textOf(form, 'productId'), ...how });
    if (kind === 'owned') throw new AppError('conflict', ownedAlready);
    return '/cart';
  }),
  remove: deed(async (event, form) => {
    const productId = textOf(form, 'productId');
    await takeOut(event, productId);
    const words = new URLSearchParams({ removed: productId });
    for (const name of ['quantity', 'gift']) if (form.has(name)) words.set(name, textOf(form, name));
    return `/cart?${words}`;
  }),
  wish: deed(async (event, form) => {
    await addWish(event.locals.ctx, { slug: textOf(form, 'slug') });
    await takeOut(event, textOf(form, 'productId'));
    return '/cart';
  }),
  coupon: deed(async (event, form) => {
    keepCoupon(event, textOf(form, 'code'));
    return '/cart#coupon';
  }),
  currency: deed(async (event, form) => {
    keepCurrency(event, textOf(form, 'currency'));
    return '/cart';
  }),
} satisfies Actions;
