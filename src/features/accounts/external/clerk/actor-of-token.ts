import { type Actor, guest } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type ActingRow, actingColumns, actingPerson } from '../../acting-person.ts';
import { isReachableFromOutside } from '../../auth.server.ts';
import { entryOf } from '../../policy.ts';
import { clerkId } from '../providers.ts';
import { clerkIdentityOf } from './token.ts';

/** Whoever has a second factor here is not entered without it, and a token cannot be asked for one. */
const personByIdentity = statement<ActingRow, [providerId: string, accountId: string]>(
  `select ${actingColumns}
     from accounts a join users u on u.id = a.user_id
    where a.provider_id = $1 and a.account_id = $2 and not u.two_factor_enabled`,
);

/** Whom a Clerk session token of the request acts for, or a guest. Without a token that holds, the database is not asked. */
export async function actorOfClerkToken(headers: Headers, now: Date): Promise<Actor> {
  const { config, systemConnections } = runtime();
  const identity = await clerkIdentityOf(headers, config, now);
  if (!identity) return guest;
  const [row] = await databaseOver(systemConnections).sql(personByIdentity, clerkId, identity);
  if (!row || entryOf(row, now, isReachableFromOutside(config)) !== 'welcome') return guest;
  return actingPerson(row);
}
