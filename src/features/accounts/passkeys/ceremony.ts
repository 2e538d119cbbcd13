import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { type Auth, inAuthTransaction } from '../auth.server.ts';
import { refusalCode } from '../refusals.ts';
import { onlyCookies } from '../second-factor/only-cookies.ts';
import { type Client, headersOf } from '../sessions/session-cookies.ts';

const signs = z.string().max(20_000);
const credential = z.object({
  id: signs.min(1),
  rawId: signs,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
});

/** The answer of a browser that made a passkey. */
const madeSchema = credential.extend({
  response: z.object({ clientDataJSON: signs, attestationObject: signs, transports: z.array(z.string().max(20)).max(10).optional() }),
});

/** The answer of a browser that used one. */
const usedSchema = credential.extend({
  response: z.object({ clientDataJSON: signs, authenticatorData: signs, signature: signs, userHandle: signs.optional() }),
});

export const parseMade = (answer: unknown) => parsedOrRefused(madeSchema, answer);
export const parseUsed = (answer: unknown) => parsedOrRefused(usedSchema, answer);

/** An answer in a shape that may be looked into; anything else is refused as a passkey that does not work. */
function parsedOrRefused<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw passkeyRefused();
  return parsed.data;
}

/** The one refusal of a passkey, whatever was wrong with it. */
export function passkeyRefused(): AppError {
  return new AppError('invalid', 'That passkey did not work here. Try again, or take another way in.');
}

/** The headers of one step: the client's, and of its cookies only those that the step is about. */
export function ceremonyHeaders(client: Client, cookies: readonly ('passkey_challenge' | 'session_token' | 'dont_remember')[]): Headers {
  const headers = headersOf(client);
  headers.set('cookie', onlyCookies(client.cookieHeader ?? '', cookies));
  return headers;
}

/** better-auth's words for an answer that proves nothing. The challenge is spent by it all the same. */
const refusals = new Set([
  'CHALLENGE_NOT_FOUND',
  'PASSKEY_NOT_FOUND',
  'AUTHENTICATION_FAILED',
  'FAILED_TO_VERIFY_REGISTRATION',
  'YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY',
  'USER_NOT_VERIFIED',
]);

/**
 * Judges an answer in one transaction. A refusal commits what the attempt has written, so that a challenge serves once, and is thrown then;
 * everything else that is thrown undoes all.
 */
export async function judge<Result>(ctx: Context, work: (ctx: Context, auth: Auth) => Promise<Result>): Promise<Result> {
  const outcome = await inAuthTransaction(ctx, async (ctx, auth) => {
    try {
      return { result: await work(ctx, auth) };
    } catch (error) {
      if (refusals.has(refusalCode(error) ?? '')) return undefined;
      throw error;
    }
  });
  if (!outcome) throw passkeyRefused();
  return outcome.result;
}
