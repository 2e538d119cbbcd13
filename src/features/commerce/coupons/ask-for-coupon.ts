import type { Context, Person } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { findCoupon } from './find-coupon.ts';
import { couponRefusalInWords } from './refusal-in-words.ts';

/** What was found under a code, or why nothing was, in words for the person who typed it: also that too many wrong codes were tried from here. */
export async function askForCoupon(
  ctx: Context,
  { code, person }: { code: string; person: Pick<Person, 'id' | 'locale' | 'timeZone'> },
): Promise<{ found: NonNullable<Awaited<ReturnType<typeof findCoupon>>>; refusal: null } | { found: null; refusal: string }> {
  try {
    const found = await findCoupon(ctx, { code, userId: person.id });
    return found ? { found, refusal: null } : { found: null, refusal: couponRefusalInWords('unknown', null, person) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { found: null, refusal: error.message };
  }
}
