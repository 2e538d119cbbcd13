import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type Auth, inAuthTransaction } from '../auth.server.ts';
import { rememberedCookieSeconds, sessionCookies } from '../impersonation/kept-session.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { type Client, headersOf, type SessionCookie, sessionTokenOf } from './session-cookies.ts';

/** Gives the acting person, who has just proved who they are, a new session in place of theirs; whether it is remembered stays as it was. */
export async function renewSession(ctx: Context, client: Client): Promise<SessionCookie[]> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  return inAuthTransaction(ctx, (inside, auth) => replaceOwnSession(inside, auth, person, client));
}

/** The same within a transaction that acts as the program itself. */
export async function replaceOwnSession(inside: Context, auth: Auth, person: Person, client: Client): Promise<SessionCookie[]> {
  const current = sessionTokenOf(new Headers({ cookie: client.cookieHeader ?? '' }), runtime().config);
  if (!person.session || !current) throw new AppError('forbidden', 'Sign in with a browser to do that.');
  const { count } = await inside.db.prisma.session.deleteMany({
    where: { id: person.session.id, token: current.token, userId: person.id },
  });
  if (count === 0) throw new AppError('sign-in-required', 'Your session has ended. Sign in again.');
  const { internalAdapter } = await auth.$context;
  const headers = headersOf(client);
  const { token } = await internalAdapter.createSession(person.id, !current.remembered, {
    ipAddress: client.address,
    userAgent: headers.get('user-agent') ?? '',
  });
  return sessionCookies({ token, remembered: current.remembered }, current.remembered ? rememberedCookieSeconds : undefined);
}
