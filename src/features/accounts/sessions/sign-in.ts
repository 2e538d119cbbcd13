import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { withAuth } from '../auth.server.ts';
import { emailField } from '../fields.ts';
import { countAttempt, forgiveAttempt } from '../limits.ts';
import { explainNoEntry, refusalCode } from '../refusals.ts';
import { secondStepNeeded } from '../second-factor/second-step-needed.ts';
import { addressOfUsername } from '../username/address-of-username.ts';
import { replaceSession } from './replace-session.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from './session-cookies.ts';

const loginField = z.string().trim().toLowerCase().min(1, 'Enter your e-mail address or your username.');

const schema = z.object({
  email: loginField.pipe(z.union([emailField, z.string().regex(/^[^@]*$/)], 'Enter an e-mail address such as ada@example.org.')),
  password: z.string().min(1, 'Enter your password.'),
  remember: z.boolean(),
});

export interface SignIn {
  /** The e-mail address, or the username in its stead. */
  email: string;
  password: string;
  /** Whether the session outlives the browser's window. */
  remember: boolean;
  client: Client;
}

export type SignedIn = { kind: 'signed-in' | 'second-step'; cookies: SessionCookie[] } | { kind: 'unconfirmed'; email: string };

/** An address that nobody has, so that a username that nobody has takes the time of one that somebody has. */
const nobody = 'nobody@unknown.invalid';

/**
 * Begins a session with a new token, and ends the one that the browser had. An unknown address or username and a wrong password are one
 * refusal that takes one time; only the right password tells that an address still waits for its confirmation, or that the account is
 * suspended.
 */
export async function signIn(ctx: Context, input: SignIn): Promise<SignedIn> {
  const { email: login, password, remember } = parseInput(schema, input);
  const email = login.includes('@') ? login : ((await addressOfUsername(ctx, login)) ?? nobody);
  const account = email === nobody ? login : email;
  await countAttempt('signIn', input.client, account);
  try {
    const { headers } = await withAuth(ctx, (auth) =>
      auth.api.signInEmail({
        body: { email, password, rememberMe: remember },
        headers: headersOf(input.client),
        returnHeaders: true,
      }),
    );
    await forgiveAttempt('signIn', input.client, account);
    const cookies = cookiesOf(headers);
    return { kind: secondStepNeeded(cookies) ? 'second-step' : 'signed-in', cookies: await replaceSession(ctx, input.client, cookies) };
  } catch (error) {
    const code = refusalCode(error);
    if (code === 'EMAIL_NOT_VERIFIED') return { kind: 'unconfirmed', email };
    if (code === 'INVALID_EMAIL_OR_PASSWORD' || code === 'PASSWORD_TOO_LONG') {
      throw new AppError('invalid', 'The e-mail address, username or password is not right.');
    }
    throw explainNoEntry(error);
  }
}
