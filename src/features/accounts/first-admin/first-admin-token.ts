import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '#platform/config.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';

const anyAdmin = statement<{ id: string }>("select id from people where role = 'ADMIN' and not is_closed limit 1");

/** Whether the school has an admin. */
export async function hasAdmin(ctx: Context): Promise<boolean> {
  return (await ctx.db.sql(anyAdmin)).length > 0;
}

/** The path, token included, on which a school without an admin gets its first one; null once there is one. */
export async function firstAdminPath(ctx: Context): Promise<string | null> {
  return (await hasAdmin(ctx)) ? null : `/first-admin?token=${tokenOf(runtime().config)}`;
}

/** Whether the token lets its bearer make the first admin: it is the school's, and there is none yet. */
export async function isFirstAdminOpen(ctx: Context, input: { token: string }): Promise<boolean> {
  return isToken(input.token) && !(await hasAdmin(ctx));
}

/** Whether the token is the school's. */
export function isToken(given: string): boolean {
  const [expected, bytes] = [Buffer.from(tokenOf(runtime().config)), Buffer.from(given)];
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/** Made from the school's secret, so that every process of it knows the same one, and none has to be kept. */
function tokenOf(config: Config): string {
  return createHmac('sha256', config.secret).update('the first admin').digest('base64url');
}
