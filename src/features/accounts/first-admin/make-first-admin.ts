import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';
import { countAttempt } from '../limits.ts';
import { createUser } from '../people/create-user.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { hasAdmin, isToken } from './first-admin-token.ts';

const beAlone = statement("select pg_advisory_xact_lock(hashtextextended('the first admin', 0))");

export interface FirstAdmin {
  token: string;
  name: string;
  email: string;
  password: string;
  client: Client;
}

/** Makes the school's first admin, for whoever bears the token from its log; of several at once, one. Afterwards there is no such page. */
export async function makeFirstAdmin(ctx: Context, input: FirstAdmin): Promise<void> {
  await countAttempt('firstAdmin', input.client);
  const { name, email, password } = input;
  await inTransaction(dangerouslyAsSystem(ctx), async (ctx) => {
    await ctx.db.sql(beAlone);
    if (!isToken(input.token) || (await hasAdmin(ctx))) throw new AppError('not-found', 'There is no such page.');
    await createUser(ctx, { name, email, password, role: 'ADMIN' });
  });
}
