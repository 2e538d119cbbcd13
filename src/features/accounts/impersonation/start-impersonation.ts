import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction, isReachableFromOutside } from '../auth.server.ts';
import { mayManagePeople } from '../policy.ts';
import { type Client, type SessionCookie, sessionTokenOf } from '../sessions/session-cookies.ts';
import { keptCookie, sessionCookies } from './kept-session.ts';
import { impersonationSeconds, mayActAs } from './policy.ts';

export interface StartImpersonation {
  personId: string;
  /** The request's cookies, of which the admin's own session is kept for the way back. */
  cookieHeader: string;
  client: Client;
}

/**
 * Lets an admin see the school as somebody else does, for an hour: a session of that person which bears the admin's name. The admin's
 * own session waits in a cookie beside it.
 */
export async function startImpersonation(ctx: Context, input: StartImpersonation): Promise<{ cookies: SessionCookie[] }> {
  const { actor, now } = ctx;
  const { config } = runtime();
  const own = sessionTokenOf(new Headers({ cookie: input.cookieHeader }), config);
  if (actor.kind !== 'person' || !mayManagePeople(actor) || !own) throw new AppError('forbidden', 'Only admins act as somebody else.');
  const token = await inAuthTransaction(ctx, async (inside, auth) => {
    const { prisma } = inside.db;
    const person = isId(input.personId) ? await prisma.user.findUnique({ where: { id: input.personId } }) : null;
    if (!person) throw new AppError('not-found', 'There is no such person.');
    if (!mayActAs(actor, person, now, isReachableFromOutside(config))) {
      throw new AppError('forbidden', 'One acts as students and instructors only, while their account is open.');
    }
    const { internalAdapter } = await auth.$context;
    const session = await internalAdapter.createSession(person.id, true, {
      ipAddress: input.client.address,
      userAgent: input.client.userAgent.slice(0, 500),
    });
    await prisma.session.update({
      where: { token: session.token },
      data: { impersonatedBy: actor.id, createdAt: now, expiresAt: new Date(now.getTime() + impersonationSeconds * 1000) },
    });
    await audit({ ...inside, actor }, { action: 'accounts.impersonationStarted', subjectType: 'user', subjectId: person.id });
    return session.token;
  });
  const cookies = await sessionCookies({ token, remembered: false }, impersonationSeconds);
  return { cookies: [...cookies, await keptCookie(own)] };
}
