import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Config } from '#platform/config.server.ts';
import { type Context, system } from '#platform/context.ts';
import { databaseOver, inTransaction } from '#platform/database/database.server.ts';
import { isLoopback } from '#platform/http/loopback.ts';
import { originHeaders } from '#platform/http/web-server.server.ts';
import { newId } from '#platform/ids.ts';
import { type Runtime, runtime } from '#platform/runtime.server.ts';
import { challengePlugin } from './external/challenge-plugin.ts';
import { passkeys } from './passkeys/plugin.ts';
import { passwordMaxLength, passwordMinLength } from './password/password.ts';
import { entryOf } from './policy.ts';
import { forgetDevicesOf } from './second-factor/forget-devices-of.ts';
import { deviceIdentifier, secondFactor } from './second-factor/plugin.ts';

/** A session that is remembered ends when nobody has used it for this long. One that is not ends after a day. */
export const sessionSeconds = 30 * 86_400;

/** How long a mailed link works. */
export const linkSeconds = { verify: 86_400, reset: 3_600, signIn: 900 };

/** Under which a sign-in link is kept, hashed like all of them: no other kind of proof can be taken for one. */
export function signInLinkIdentifier(token: string): string {
  return `sign-in-link:${token}`;
}

/** What one call of better-auth works on, and what it hands back past its own answer. */
interface Call {
  prisma: Prisma.TransactionClient;
  now: Date;
  resetToken?: string;
  signInToken?: string;
}

const calls = new AsyncLocalStorage<Call>();

function currentCall(): Call {
  const call = calls.getStore();
  if (!call) throw new Error('better-auth writes within inAuthTransaction or withAuth, which say at what moment');
  return call;
}

export type Auth = ReturnType<typeof make>;

const made = new WeakMap<Runtime, Auth>();

/** better-auth, made once per process. */
export function auth(): Auth {
  const current = runtime();
  const known = made.get(current) ?? make(current);
  made.set(current, known);
  return known;
}

/** The key of sessions and mailed links, made from the school's secret so that no key serves two purposes. */
export function authSecret(config: Config): string {
  return createHmac('sha256', config.secret).update('sessions and mailed links').digest('base64url');
}

/** Whether anybody but this machine may reach the school: by the address it listens on, a proxy in front, or its public name. */
export function isReachableFromOutside(config: Config): boolean {
  const isLocal = (host: string) => host === 'localhost' || isLoopback(host.replace(/^\[|\]$/g, ''));
  return !isLocal(config.host) || config.trustedProxies > 0 || !isLocal(new URL(config.origin).hostname);
}

/** The same request as the program itself: nobody is known yet when someone signs in. Whoever calls it must check for itself who may. */
export function dangerouslyAsSystem(ctx: Context): Context {
  return { ...ctx, actor: system, db: databaseOver(runtime().systemConnections) };
}

/** Runs better-auth inside a transaction, as the program itself: what it writes commits or vanishes with the command's own rows. */
export async function inAuthTransaction<Result>(
  ctx: Context,
  work: (ctx: Context, auth: Auth, call: Readonly<Call>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(dangerouslyAsSystem(ctx), (ctx) => {
    const call: Call = { prisma: ctx.db.prisma, now: ctx.now };
    return calls.run(call, () => work(ctx, auth(), call));
  });
}

/**
 * Runs better-auth at the call's moment without a transaction: a password's hash takes long, and the connection that waited for it would be
 * missing where sessions are looked up.
 */
export async function withAuth<Result>(ctx: Context, work: (auth: Auth) => Promise<Result>): Promise<Result> {
  return calls.run({ prisma: runtime().systemConnections.prisma, now: ctx.now }, () => work(auth()));
}

function make({ config, log, systemConnections }: Runtime) {
  /** Each table is looked up when it is used: on the transaction of the call, or on the program's own connections. */
  const prisma = new Proxy(systemConnections.prisma as object, {
    get: (_, property) => Reflect.get(calls.getStore()?.prisma ?? systemConnections.prisma, property),
  });
  return betterAuth({
    baseURL: config.origin,
    secret: authSecret(config),
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    // Ours counts over all processes: limits.ts.
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ source: 'better-auth' }, message) },
    advanced: {
      cookiePrefix: 'lyceum',
      useSecureCookies: config.origin.startsWith('https:'),
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [originHeaders.address] },
    },
    session: { expiresIn: sessionSeconds, updateAge: 86_400 },
    verification: { storeIdentifier: { default: 'hashed', overrides: { [deviceIdentifier]: 'plain' } } },
    plugins: [signInLinks(), secondFactor(), passkeys(config), challengePlugin],
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: passwordMinLength,
      maxPasswordLength: passwordMaxLength * 2,
      resetPasswordTokenExpiresIn: linkSeconds.reset,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => forgetDevicesOf(currentCall().prisma, user.id),
      // The command that asked sends the mail itself, in its own transaction.
      sendResetPassword: async ({ token }) => {
        const call = calls.getStore();
        if (call) call.resetToken = token;
      },
    },
    emailVerification: { autoSignInAfterVerification: true },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const { prisma, now } = currentCall();
            await refuseUnlessWelcome(prisma, config, session.userId, now);
            return { data: beganAt(session, now) };
          },
        },
      },
    },
  });
}

/** Links that sign in are mailed by the command that asked, in its own transaction, and only to people who are here already. */
function signInLinks() {
  return magicLink({
    expiresIn: linkSeconds.signIn,
    disableSignUp: true,
    storeToken: { type: 'custom-hasher', hash: async (token) => signInLinkIdentifier(token) },
    sendMagicLink: async ({ token }) => {
      const call = calls.getStore();
      if (call) call.signInToken = token;
    },
  });
}

/** The session's times, moved to the moment of the call. */
function beganAt<Times extends { createdAt: Date; updatedAt: Date; expiresAt: Date }>(session: Times, now: Date): Times {
  const lifeMs = session.expiresAt.getTime() - session.createdAt.getTime();
  return { ...session, createdAt: now, updatedAt: now, expiresAt: new Date(now.getTime() + lifeMs) };
}

/** No session begins for someone banned or closed, whichever way in they found. */
async function refuseUnlessWelcome(prisma: Prisma.TransactionClient, config: Config, userId: string, now: Date): Promise<void> {
  const person = await prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, banned: true, banExpires: true, deletedAt: true },
  });
  const entry = entryOf(person, now, isReachableFromOutside(config));
  if (entry !== 'welcome') throw new APIError('FORBIDDEN', { code: entry, message: 'No session for this person' });
}
