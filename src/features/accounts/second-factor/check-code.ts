import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { Auth } from '../auth.server.ts';
import { refusalCode } from '../refusals.ts';
import { type Client, headersOf } from '../sessions/session-cookies.ts';
import { onlyCookies } from './only-cookies.ts';
import { spendCode } from './spend-code.ts';

/** The six digits of an authenticator app, however they were typed; refused in words when they are no such thing. */
export function tidyCode(typed: string): string {
  const code = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(code)) throw wrongCode('Enter the six digits that the app shows.');
  return code;
}

/** The refusal of a code, at its field. */
export function wrongCode(message: string): AppError {
  return new AppError('invalid', message, { fields: { code: message } });
}

/**
 * Passes if a code is what the app of the signed-in person shows, and spends it; throwing undoes the transaction. For the steps of someone
 * whose session is there: whoever has none yet takes the second step.
 */
export async function checkCode(ctx: Context, auth: Auth, input: { userId: string; code: string; client: Client }): Promise<void> {
  const code = tidyCode(input.code);
  const headers = headersOf(input.client);
  headers.set('cookie', onlyCookies(input.client.cookieHeader ?? '', ['session_token']));
  try {
    const { user } = await auth.api.verifyTOTP({ body: { code }, headers });
    if (user.id !== input.userId) throw new Error('The session is not the actor’s');
  } catch (error) {
    if (refusalCode(error) === 'INVALID_CODE') throw wrongCode('That code is not right. Codes change every half minute: try the next one.');
    throw error;
  }
  await spendCode(ctx, auth, input.userId, code);
}
