import type { Context } from '#platform/context.ts';
import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';

/** Wrong codes from one network: room for slips of the pen, none for guessing. */
const wrongCode: RateLimit = { name: 'gift-wrong-code', attempts: 20, perSeconds: 3600 };

/** Looks up a code. Only codes that are not there add up; past the limit nothing is looked up any more, so that guessing tells nothing. */
export async function countingWrongGiftCodes<Found>(
  { address, actor }: Context,
  lookUp: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const subject = address === undefined ? undefined : networkOf(address);
  const counted = subject ?? (actor.kind === 'person' ? actor.id : undefined);
  if (counted === undefined) return lookUp();
  const { rateLimiter } = runtime();
  await rateLimiter.attempt(wrongCode, counted);
  const found = await lookUp();
  if (found !== undefined) await rateLimiter.giveBack(wrongCode, counted);
  return found;
}
