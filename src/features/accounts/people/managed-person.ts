import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayManagePeople } from '../policy.ts';
import { type Deed, type ManagedPerson, mayDo } from './policy.ts';

export interface KnownManagedPerson extends ManagedPerson {
  name: string;
}

// Not `for update`: what is written down about an admin meanwhile need not wait.
const lockPerson = statement<KnownManagedPerson, [id: string]>(
  `select id, name, email, email_verified as "emailVerified", role, banned, ban_expires as "banExpires", deleted_at as "deletedAt"
     from users where id = $1::uuid for no key update`,
);

const refusals: Record<Deed, string> = {
  changeRole: 'One cannot change one’s own role, nor that of a closed account.',
  suspend: 'One cannot suspend oneself, an admin, or someone who is suspended already.',
  liftSuspension: 'This account is not suspended.',
  endSessions: 'Sign yourself out in your own settings.',
  sendPasswordLink: 'Change your own password in your own settings.',
  confirmAddress: 'This address is confirmed already.',
  close: 'One cannot close one’s own account here, nor that of an admin.',
};

/** Refuses whoever may not administer people, before anything is looked up. */
export function requireManager({ actor }: Context): void {
  if (!mayManagePeople(actor)) throw new AppError('forbidden', 'Only admins administer people.');
}

/** The person whom a deed is about, locked until the transaction ends; a refusal when there is none or the deed may not be done. */
export async function personForDeed(ctx: Context, id: string, deed: Deed): Promise<KnownManagedPerson> {
  const [person] = isId(id) ? await ctx.db.sql(lockPerson, id) : [];
  if (!person) throw new AppError('not-found', 'There is no such person.');
  if (!mayDo(deed, ctx.actor, person, ctx.now)) throw new AppError('conflict', refusals[deed]);
  return person;
}
