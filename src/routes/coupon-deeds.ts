import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { changeCoupon, couponBoxes, makeCoupon, switchCoupon, type TypedCoupon } from '#features/commerce/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isCurrency, parseMoney } from '#platform/money.ts';
import { fromWallClock } from '#platform/time.ts';
import { refused, textOf } from './form-answers.ts';

/** A coupon as it was typed, in the viewer's own way of writing and on their own clock. */
function couponIn(ctx: Context, typed: TypedCoupon) {
  const { locale, timeZone } = requirePerson(ctx);
  const fields: Record<string, string> = {};
  const wrong = (name: string, message: string) => {
    fields[name] = message;
    return null;
  };
  const isPercent = typed.type === 'PERCENTAGE';
  const count = (name: keyof TypedCoupon) =>
    typed[name].trim() === '' ? null : /^\d{1,9}$/.test(typed[name].trim()) ? Number(typed[name]) : Number.NaN;
  const money = (name: 'value' | 'maxDiscount' | 'minOrder') => {
    if (typed[name].trim() === '') return null;
    if (!isCurrency(typed.currency)) return wrong('currency', 'An amount needs a currency.');
    return parseMoney(typed[name], typed.currency, locale)?.minor ?? wrong(name, `This is no amount in ${typed.currency}.`);
  };
  const moment = (name: 'startsAt' | 'endsAt') =>
    typed[name] === '' ? null : (fromWallClock(typed[name], timeZone) ?? wrong(name, 'This is no day with a time.'));
  const coupon = {
    description: typed.description,
    type: typed.type as 'PERCENTAGE' | 'FIXED_AMOUNT',
    value: (isPercent ? count('value') : money('value')) ?? Number.NaN,
    currency: typed.currency || null,
    maxDiscount: isPercent ? money('maxDiscount') : null,
    minOrder: money('minOrder'),
    maxUses: count('maxUses'),
    maxUsesPerUser: count('maxUsesPerUser'),
    startsAt: moment('startsAt'),
    endsAt: moment('endsAt'),
    scope: typed.scope as 'ALL' | 'PRODUCTS' | 'INSTRUCTOR',
    instructor: typed.instructor,
    products: typed.products,
  };
  if (Object.keys(fields).length > 0) throw new AppError('invalid', 'Something here needs another look.', { fields });
  return coupon;
}

async function answerOf(request: Request, work: (form: FormData, typed: TypedCoupon) => Promise<string>) {
  const form = await request.formData();
  const typed = Object.fromEntries(couponBoxes.map((name) => [name, textOf(form, name)])) as TypedCoupon;
  const answer = await work(form, typed).catch((error: unknown) => refused(error, {}));
  if (typeof answer === 'string') redirect(303, answer);
  return fail(answer.status, { ...answer.data, typed, code: textOf(form, 'code') });
}

/** Makes the coupon that was typed, and leads to its page beneath a place such as /studio/coupons. */
export function makeTyped({ locals, request }: RequestEvent, place: string) {
  return answerOf(request, async (form, typed) => {
    const { id } = await makeCoupon(locals.ctx, { code: textOf(form, 'code'), ...couponIn(locals.ctx, typed) });
    return `${place}/${id}?done=made`;
  });
}

/** Changes the coupon to what was typed. */
export function saveTyped({ locals, params, request }: RequestEvent<{ id: string }>, place: string) {
  return answerOf(request, async (_, typed) => {
    await changeCoupon(locals.ctx, { id: params.id, ...couponIn(locals.ctx, typed) });
    return `${place}/${params.id}?done=saved`;
  });
}

/** Switches the coupon off, or on again. */
export async function switchOver({ locals, params, request }: RequestEvent<{ id: string }>, place: string) {
  await switchCoupon(locals.ctx, { id: params.id, active: textOf(await request.formData(), 'active') === 'yes' });
  redirect(303, `${place}/${params.id}`);
}
