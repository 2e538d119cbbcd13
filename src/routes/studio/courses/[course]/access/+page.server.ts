import { fail, redirect } from '@sveltejs/kit';
import { offerCourse, pricesPage, removeCoursePrice, setCoursePrice } from '#features/commerce/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isCurrency, parseMoney } from '#platform/money.ts';
import { fromWallClock } from '#platform/time.ts';
import { refused, textOf } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => pricesPage(locals.ctx, { slug: params.course });

const names = ['currency', 'amount', 'discountAmount', 'discountStartsAt', 'discountEndsAt', 'accessDays'] as const;
type Typed = Record<(typeof names)[number], string>;

/** A price as it was typed, in the viewer's own way of writing and on their own clock. */
function priceIn(ctx: Context, typed: Typed) {
  const { locale, timeZone } = requirePerson(ctx);
  const fields: Record<string, string> = {};
  const wrong = (name: keyof Typed, message: string) => {
    fields[name] = message;
    return null;
  };
  const money = (name: 'amount' | 'discountAmount') =>
    typed[name].trim() === '' || !isCurrency(typed.currency)
      ? null
      : (parseMoney(typed[name], typed.currency, locale)?.minor ?? wrong(name, `This is no amount in ${typed.currency}.`));
  const moment = (name: 'discountStartsAt' | 'discountEndsAt') =>
    typed[name] === '' ? null : (fromWallClock(typed[name], timeZone) ?? wrong(name, 'This is no day with a time.'));
  const price = {
    currency: typed.currency,
    amount: money('amount') ?? Number.NaN,
    discountAmount: money('discountAmount'),
    discountStartsAt: moment('discountStartsAt'),
    discountEndsAt: moment('discountEndsAt'),
    accessDays: typed.accessDays.trim() === '' ? null : Number(typed.accessDays),
  };
  if (Object.keys(fields).length > 0) throw new AppError('invalid', 'Something here needs another look.', { fields });
  return price;
}

export const actions = {
  offer: async ({ locals, params, request }) => {
    const isFree = textOf(await request.formData(), 'offer') === 'free';
    try {
      await offerCourse(locals.ctx, { slug: params.course, isFree });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: 'offer', typed: null });
    }
    redirect(303, `/studio/courses/${params.course}/access`);
  },
  setPrice: async ({ locals, params, request }) => {
    const form = await request.formData();
    const typed = Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Typed;
    try {
      await setCoursePrice(locals.ctx, { slug: params.course, ...priceIn(locals.ctx, typed) });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: textOf(form, 'form'), typed });
    }
    redirect(303, `/studio/courses/${params.course}/access#prices`);
  },
  removePrice: async ({ locals, params, request }) => {
    const currency = textOf(await request.formData(), 'currency');
    try {
      await removeCoursePrice(locals.ctx, { slug: params.course, currency });
    } catch (error) {
      const { status, data } = refused(error, {});
      return fail(status, { ...data, form: currency, typed: null });
    }
    redirect(303, `/studio/courses/${params.course}/access#prices`);
  },
} satisfies Actions;
