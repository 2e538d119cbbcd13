import { type Context, requirePerson } from '#platform/context.ts';
import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';

/** Wrong codes from one network: room for slips of the pen, none for guessing. */
const wrongCode: RateLimit = { name: 'certificate-wrong-code', attempts: 30, perSeconds: 3600 };
const reissue: RateLimit = { name: 'certificate-reissue', attempts: 3, perSeconds: 86_400 };

/** Looks up a code. Only codes that are not there add up; past the limit nothing is looked up any more, so that guessing tells nothing. */
export async function countingWrongCodes<Found>(
  { address }: Context,
  lookUp: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  if (address === undefined) return lookUp();
  const { rateLimiter } = runtime();
  const network = networkOf(address);
  await rateLimiter.attempt(wrongCode, network);
  const found = await lookUp();
  if (found !== undefined) await rateLimiter.giveBack(wrongCode, network);
  return found;
}

/** Counts a certificate that the acting person has issued anew, or refuses it. */
export async function countReissue(ctx: Context): Promise<void> {
  await runtime().rateLimiter.attempt(reissue, requirePerson(ctx).id);
}

/** Takes it back where nothing had to be issued. */
export async function forgiveReissue(ctx: Context): Promise<void> {
  await runtime().rateLimiter.giveBack(reissue, requirePerson(ctx).id);
}
