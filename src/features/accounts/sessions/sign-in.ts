import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { auth } from '../auth.server.ts';
import { emailField } from '../fields.ts';
import { countAttempt, forgiveSignIn } from '../limits.ts';
import { explainNoEntry, refusalCode } from '../refusals.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from './session-cookies.ts';

const schema = z.object({ email: emailField, password: z.string().min(1, 'Enter your password.'), remember: z.boolean() });

export interface SignIn {
  email: string;
  password: string;
  /** Whether the session outlives the browser's window. */
  remember: boolean;
  client: Client;
}

export type SignedIn = { kind: 'signed-in'; cookies: SessionCookie[] } | { kind: 'unconfirmed'; email: string };

/**
 * Begins a session with a new token. An unknown address and a wrong password are one refusal that takes one time; only the right
 * password tells that an address still waits for its confirmation, or that the account is suspended.
 */
export async function signIn(_ctx: Context, input: SignIn): Promise<SignedIn> {
  const { email, password, remember } = parseInput(schema, input);
  await countAttempt('signIn', input.client, email);
  try {
    const { headers } = await auth().api.signInEmail({
      body: { email, password, rememberMe: remember },
      headers: headersOf(input.client),
      returnHeaders: true,
    });
    await forgiveSignIn(input.client, email);
    return { kind: 'signed-in', cookies: cookiesOf(headers) };
  } catch (error) {
    const code = refusalCode(error);
    if (code === 'EMAIL_NOT_VERIFIED') return { kind: 'unconfirmed', email };
    if (code === 'INVALID_EMAIL_OR_PASSWORD' || code === 'PASSWORD_TOO_LONG') {
      throw new AppError('invalid', 'The e-mail address or the password is not right.');
    }
    throw explainNoEntry(error);
  }
}
