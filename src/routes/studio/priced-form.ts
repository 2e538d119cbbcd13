import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isCurrency, parseMoney } from '#platform/money.ts';
import { fromWallClock } from '#platform/time.ts';
import { textOf } from '../form-answers.ts';

const names = ['currency', 'amount', 'discountAmount', 'discountStartsAt', 'discountEndsAt', 'accessDays'] as const;

/** A price as a form has it. */
export type TypedPrice = Record<(typeof names)[number], string>;

/** The fields of a price, as they were typed. */
export function typedPrice(form: FormData): TypedPrice {
  return Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as TypedPrice;
}

/** A price as it was typed, in the viewer's own way of writing and on their own clock. */
export function priceIn(ctx: Context, typed: TypedPrice) {
  const { locale, timeZone } = requirePerson(ctx);
  const fields: Record<string, string> = {};
  const wrong = (name: keyof TypedPrice, message: string) => {
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
