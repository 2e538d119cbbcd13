import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { cutIdentity } from './cut-identity.ts';
import { mayDisconnect } from './policy.ts';
import { providerOfRealm } from './providers.ts';
import { accountsOf, waysInWithout } from './ways-in.ts';

/** Held while a way in is taken away, so that two do not each leave the other as the last. */
const lockPerson = statement<{ id: string }, [string]>('select id from users where id = $1 for no key update');

/** Disconnects one of the actor's identities, unless it is their last way in. Tells them by mail. */
export async function disconnectIdentity(ctx: Context, input: { id: string }): Promise<void> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.sql(lockPerson, person.id);
    const rows = await ctx.db.sql(accountsOf, person.id);
    const identity = rows.find(({ id, providerId }) => id === input.id && providerId !== 'credential');
    if (!identity) throw new AppError('not-found', 'It is not connected anymore.');
    if (!mayDisconnect(waysInWithout(rows, identity.id))) {
      const { name } = providerOfRealm(identity.providerId);
      throw new AppError('conflict', `${name} is your only way in. Choose a password or add a passkey first.`);
    }
    await cutIdentity(ctx, person.id, identity);
  });
}
