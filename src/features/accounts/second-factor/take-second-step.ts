import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type Auth, inAuthTransaction } from '../auth.server.ts';
import { recoveryCodeUsedMail } from '../emails/recovery-code-used.ts';
import { countAttempt } from '../limits.ts';
import { explainNoEntry, refusalCode } from '../refusals.ts';
import { replaceSession } from '../sessions/replace-session.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { tidyCode, wrongCode } from './check-code.ts';
import { onlyCookies } from './only-cookies.ts';
import { recoveryCodesLeft, tidyRecoveryCode } from './recovery-codes.ts';
import { spendCode } from './spend-code.ts';

export interface SecondStep {
  /** What the app shows, or one of the recovery codes. */
  code: string;
  isRecoveryCode: boolean;
  /** Whether this browser is asked for the first factor only from now on, for 30 days after each sign-in. */
  rememberDevice: boolean;
  client: Client;
}

/** `expired`: too long after the first step, or too many wrong codes: one signs in from the beginning. */
export type SecondStepTaken = { kind: 'signed-in'; cookies: SessionCookie[] } | { kind: 'expired' };

type Outcome = SecondStepTaken | { kind: 'wrong' | 'locked' };

/** Begins the session of someone who has proved the first factor, and now the second. A recovery code and an app's code work once. */
export async function takeSecondStep(ctx: Context, input: SecondStep): Promise<SecondStepTaken> {
  const code = input.isRecoveryCode ? tidyRecoveryCode(input.code) : tidyCode(input.code);
  await countAttempt('secondStep', input.client);
  try {
    const outcome = await inAuthTransaction(ctx, (ctx, auth) => attempt(ctx, auth, { ...input, code }));
    if (outcome.kind === 'signed-in') return { ...outcome, cookies: await replaceSession(ctx, input.client, outcome.cookies) };
    if (outcome.kind === 'expired') return outcome;
    if (outcome.kind === 'locked')
      throw new AppError('too-many', 'Too many wrong codes. Try again in 15 minutes.', { retryAfterSeconds: 900 });
  } catch (error) {
    throw explainNoEntry(error);
  }
  throw wrongCode(
    input.isRecoveryCode
      ? 'That recovery code is not right, or it was used already.'
      : 'That code is not right. Codes change every half minute: try the next one.',
  );
}

/** A wrong code is an outcome and no exception: that it was tried must stay written. */
async function attempt(ctx: Context, auth: Auth, input: SecondStep): Promise<Outcome> {
  const { code, rememberDevice: trustDevice, client } = input;
  const headers = headersOf(client);
  headers.set('cookie', onlyCookies(client.cookieHeader ?? '', ['two_factor', 'dont_remember']));
  const call = { body: { code, trustDevice }, headers, returnHeaders: true } as const;
  try {
    const answer = await (input.isRecoveryCode ? auth.api.verifyBackupCode(call) : auth.api.verifyTOTP(call));
    const { user } = answer.response;
    if (input.isRecoveryCode) await tellOfRecoveryCode(ctx, auth, user);
    else await spendCode(ctx, auth, user.id, code);
    return { kind: 'signed-in', cookies: cookiesOf(answer.headers) };
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(error: unknown): Outcome {
  switch (refusalCode(error)) {
    case 'INVALID_CODE':
    case 'INVALID_BACKUP_CODE':
      return { kind: 'wrong' };
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return { kind: 'locked' };
    case 'INVALID_TWO_FACTOR_COOKIE':
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
    case 'TOTP_NOT_ENABLED':
    case 'BACKUP_CODES_NOT_ENABLED':
      return { kind: 'expired' };
    default:
      throw error;
  }
}

async function tellOfRecoveryCode(ctx: Context, auth: Auth, user: { id: string; name: string; email: string }): Promise<void> {
  const { origin } = runtime().config;
  await sendMail(ctx, recoveryCodeUsedMail, user.email, {
    name: user.name,
    left: await recoveryCodesLeft(auth, user.id),
    twoStepUrl: `${origin}/settings/two-step`,
    forgotPasswordUrl: `${origin}/forgot-password`,
  });
}
