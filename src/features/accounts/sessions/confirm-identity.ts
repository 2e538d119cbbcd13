import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { parseInput } from '#platform/input.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { checkOwnPassword } from '../password/own-password.ts';
import { renewSession } from './renew-session.ts';
import type { Client, SessionCookie } from './session-cookies.ts';

const schema = z.object({ password: z.string().min(1, 'Enter your password.').max(1000, 'That is not your password.') });

/** Lets someone signed in prove by their password that it is still they. They go on with a new session, whose proof is fresh. */
export async function confirmIdentity(ctx: Context, input: { password: string; client: Client }): Promise<{ cookies: SessionCookie[] }> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { password } = parseInput(schema, input);
  await checkOwnPassword(ctx, person, { password, field: 'password', client: input.client });
  return { cookies: await renewSession(ctx, input.client) };
}
