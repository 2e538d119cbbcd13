import type { Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction, isReachableFromOutside } from '../auth.server.ts';
import { entryOf } from '../policy.ts';
import type { SessionCookie } from '../sessions/session-cookies.ts';
import { endedCookies, forgottenCookie, type HeldSession, keptSessionOf, rememberedCookieSeconds, sessionCookies } from './kept-session.ts';

/** Who an admin was acting as, if anybody, and whether they are back as themselves or have to sign in again. */
export interface ImpersonationStopped {
  personId: UserId | null;
  isBack: boolean;
  cookies: SessionCookie[];
}

/** Ends acting as somebody else and gives the admin their own session back, if that still lives. */
export async function stopImpersonation(ctx: Context, input: { cookieHeader: string }): Promise<ImpersonationStopped> {
  const { actor } = ctx;
  const isThemselves = actor.kind === 'person' && !actor.session?.impersonator;
  if (isThemselves) return { personId: null, isBack: true, cookies: [await forgottenCookie()] };
  const kept = await keptSessionOf(input.cookieHeader);
  const isBack = await inAuthTransaction(ctx, async (inside) => {
    await endActing(inside, actor);
    return kept !== undefined && (await ownerOf(inside, kept, actor)) !== undefined;
  });
  const maxAge = kept?.remembered ? rememberedCookieSeconds : undefined;
  const cookies = kept && isBack ? await sessionCookies(kept, maxAge) : await endedCookies();
  return { personId: actor.kind === 'person' ? actor.id : null, isBack, cookies: [...cookies, await forgottenCookie()] };
}

/** Signing out while acting as somebody else: the admin's own session, which waits, ends too. Gives the cookie that forgets it. */
export async function endKeptSession(ctx: Context, input: { cookieHeader: string }): Promise<SessionCookie[]> {
  const kept = await keptSessionOf(input.cookieHeader);
  if (!kept) return [];
  await inAuthTransaction(ctx, async (inside) => {
    await endActing(inside, ctx.actor);
    if (await ownerOf(inside, kept, ctx.actor)) await inside.db.prisma.session.deleteMany({ where: { token: kept.token } });
  });
  return [await forgottenCookie()];
}

async function endActing(inside: Context, actor: Context['actor']): Promise<void> {
  if (actor.kind !== 'person' || !actor.session?.impersonator) return;
  await inside.db.prisma.session.deleteMany({ where: { id: actor.session.id } });
  await audit({ ...inside, actor }, { action: 'accounts.impersonationStopped', subjectType: 'user', subjectId: actor.id });
}

/** The admin whose session waits, when it is the session of the one who acts and they would still be let in. */
async function ownerOf(inside: Context, kept: HeldSession, actor: Context['actor']): Promise<UserId | undefined> {
  const session = await inside.db.prisma.session.findUnique({ where: { token: kept.token }, include: { user: true } });
  if (!session || session.expiresAt <= inside.now || session.impersonatedBy) return undefined;
  if (entryOf(session.user, inside.now, isReachableFromOutside(runtime().config)) !== 'welcome') return undefined;
  const impersonator = actor.kind === 'person' ? actor.session?.impersonator : undefined;
  return impersonator && impersonator.id !== session.userId ? undefined : (session.userId as UserId);
}
