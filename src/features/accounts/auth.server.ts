import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Config } from '#platform/config.server.ts';
import { type Context, system } from '#platform/context.ts';
import { databaseOver, inTransaction } from '#platform/database/database.server.ts';
import { isLoopback } from '#platform/http/loopback.ts';
import { originHeaders } from '#platform/http/web-server.server.ts';
import { newId } from '#platform/ids.ts';
import { type Runtime, runtime } from '#platform/runtime.server.ts';
import { passwordMaxLength, passwordMinLength } from './password/password.ts';
import { entryOf } from './policy.ts';

/** A session that is remembered ends when nobody has used it for this long. One that is not ends after a day. */
export const sessionSeconds = 30 * 86_400;

/** How long a mailed link works. */
export const linkSeconds = { verify: 86_400, reset: 3_600 };

/** What one call of better-auth works on, and what it hands back past its own answer. */
interface Call {
  prisma: Prisma.TransactionClient;
  resetToken?: string;
}

const calls = new AsyncLocalStorage<Call>();

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
    const call: Call = { prisma: ctx.db.prisma };
    return calls.run(call, () => work(ctx, auth(), call));
  });
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
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: passwordMinLength,
      maxPasswordLength: passwordMaxLength * 2,
      resetPasswordTokenExpiresIn: linkSeconds.reset,
      revokeSessionsOnPasswordReset: true,
      // The command that asked sends the mail itself, in its own transaction.
      sendResetPassword: async ({ token }) => {
        const call = calls.getStore();
        if (call) call.resetToken = token;
      },
    },
    emailVerification: { autoSignInAfterVerification: true },
    databaseHooks: {
      session: {
        create: { before: async ({ userId }) => refuseUnlessWelcome(calls.getStore()?.prisma ?? systemConnections.prisma, config, userId) },
      },
    },
  });
}

/** No session begins for someone banned or closed, whichever way in they found. */
async function refuseUnlessWelcome(prisma: Prisma.TransactionClient, config: Config, userId: string): Promise<void> {
  const person = await prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, banned: true, banExpires: true, deletedAt: true },
  });
  const entry = entryOf(person, new Date(), isReachableFromOutside(config));
  if (entry !== 'welcome') throw new APIError('FORBIDDEN', { code: entry, message: 'No session for this person' });
}
