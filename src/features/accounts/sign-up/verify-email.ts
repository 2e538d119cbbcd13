import type { Context } from '#platform/context.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { countAttempt } from '../limits.ts';
import { personByEmail } from '../person-by-email.ts';
import { explainNoEntry } from '../refusals.ts';
import { secondStepNeeded } from '../second-factor/second-step-needed.ts';
import { replaceSession } from '../sessions/replace-session.ts';
import { type Client, cookiesOf, headersOf, type SessionCookie } from '../sessions/session-cookies.ts';
import { addressOfLink, isLinkOf } from './verification-link.ts';

export type EmailVerified =
  | { kind: 'signed-in' | 'second-step'; cookies: SessionCookie[] }
  | { kind: 'already-confirmed' }
  | { kind: 'expired' };

/** Confirms the address that a mailed link was sent to, and signs its owner in. */
export async function verifyEmail(ctx: Context, input: { token: string; client: Client }): Promise<EmailVerified> {
  await countAttempt('useLink', input.client);
  const email = await addressOfLink(input.token);
  if (!email) return { kind: 'expired' };
  try {
    const answer = await inAuthTransaction<EmailVerified>(ctx, async (ctx, auth) => {
      const person = await personByEmail(ctx, email);
      if (person?.emailVerified) return { kind: 'already-confirmed' };
      if (!person || !(await isLinkOf(person, input.token))) return { kind: 'expired' };
      const { headers } = await auth.api.verifyEmail({
        query: { token: input.token },
        headers: headersOf(input.client),
        returnHeaders: true,
      });
      const cookies = cookiesOf(headers);
      return { kind: secondStepNeeded(cookies) ? 'second-step' : 'signed-in', cookies };
    });
    if (!('cookies' in answer)) return answer;
    return { ...answer, cookies: await replaceSession(ctx, input.client, answer.cookies) };
  } catch (error) {
    throw explainNoEntry(error);
  }
}
