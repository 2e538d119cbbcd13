import { type Context, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { Coupon } from './judge-coupon.ts';
import { couponByCode } from './kept-coupon.ts';

/** Codes that are not there, from one network: room for slips of the pen, none for guessing. */
const wrongCode: RateLimit = { name: 'coupon-wrong-code', attempts: 30, perSeconds: 3600 };
/** One wrong code, again and again: a page that still shows it, or an order that was sent with it, guesses nothing new. */
const sameCode: RateLimit = { ...wrongCode, name: 'coupon-same-code', attempts: 1 };

/** A coupon by what somebody typed, and how often the person has used it; null for none. Codes are secret: different wrong ones add up, and past the limit nothing is looked up. */
export async function findCoupon(
  ctx: Context,
  { code, userId }: { code: string; userId: string | null },
): Promise<{ coupon: Coupon; usesByPerson: number } | null> {
  const typed = code.trim();
  if (!/^[\w-]{2,40}$/.test(typed)) return null;
  const network = ctx.address === undefined ? null : networkOf(ctx.address);
  if (network) await runtime().rateLimiter.attempt(wrongCode, network);
  const [found] = await asActor({ ...ctx, actor: system }, (sql) => sql(couponByCode, typed, userId));
  if (network && (found || (await wasTried(network, typed)))) await runtime().rateLimiter.giveBack(wrongCode, network);
  if (!found) return null;
  const { usesByPerson, ...coupon } = found;
  return { coupon, usesByPerson };
}

async function wasTried(network: string, code: string): Promise<boolean> {
  try {
    await runtime().rateLimiter.attempt(sameCode, `${network} ${code}`);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'too-many') return true;
    throw error;
  }
}
