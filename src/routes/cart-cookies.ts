import type { RequestEvent } from '@sveltejs/kit';
import { guestCartFrom, guestCartText, takeGuestCart } from '#features/commerce/index.server.ts';

type Browser = Pick<RequestEvent, 'cookies' | 'url'>;

const days = 86_400;

function keep({ cookies, url }: Browser, name: string, value: string): void {
  // The framework's default is a secure cookie, which a school on plain http would never see again.
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
  if (value === '') cookies.delete(name, options);
  else cookies.set(name, value, { ...options, maxAge: 30 * days });
}

/** The ids of the products that this browser chose before anybody signed in. */
export function guestCartOf({ cookies }: Pick<Browser, 'cookies'>): string[] {
  return guestCartFrom(cookies.get('cart'));
}

/** Lets the browser remember what a guest chose, for 30 days. */
export function keepGuestCart(browser: Browser, productIds: readonly string[]): void {
  keep(browser, 'cart', guestCartText(productIds));
}

/** Hands what the browser remembers to the person who has signed in, in a request that may write. */
export async function handOverGuestCart(event: Pick<RequestEvent, 'cookies' | 'url' | 'locals'>): Promise<void> {
  const productIds = guestCartOf(event);
  if (event.locals.ctx.actor.kind !== 'person' || productIds.length === 0) return;
  await takeGuestCart(event.locals.ctx, { productIds });
  keepGuestCart(event, []);
}

/** The currency that the buyer chose, as the address or else the browser says; null when none was. */
export function chosenCurrency({ cookies, url }: Browser): string | null {
  return url.searchParams.get('currency') ?? cookies.get('currency') ?? null;
}

/** The code of a coupon that the buyer typed, as the address or else the browser says; null when none was. */
export function chosenCoupon({ cookies, url }: Browser): string | null {
  return url.searchParams.get('coupon') ?? cookies.get('coupon') ?? null;
}

/** Lets the browser remember a coupon's code; what cannot be one is forgotten. */
export function keepCoupon(browser: Browser, code: string): void {
  const typed = code.trim();
  keep(browser, 'coupon', /^[\w-]{1,40}$/.test(typed) ? typed : '');
}

/** Lets the browser remember a currency. */
export function keepCurrency(browser: Browser, currency: string): void {
  keep(browser, 'currency', /^[A-Z]{3}$/.test(currency) ? currency : '');
}
