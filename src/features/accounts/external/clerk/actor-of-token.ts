import { type Actor, guest, type Person } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { isReachableFromOutside } from '../../auth.server.ts';
import { entryOf, type Standing } from '../../policy.ts';
import { clerkId } from '../providers.ts';
import { clerkIdentityOf } from './token.ts';

type Row = Standing & Omit<Person, 'kind' | 'session' | 'apiKey'>;

/** Whoever has a second factor here is not entered without it, and a token cannot be asked for one. */
const personByIdentity = statement<Row, [providerId: string, accountId: string]>(
  `select u.id, u.name, u.email, u.role, u.username, u.image as "imageUrl", u.time_zone as "timeZone", u.locale, u.banned,
          u.ban_expires as "banExpires", u.deleted_at as "deletedAt"
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
  const { id, name, email, role, username, imageUrl, timeZone, locale } = row;
  return { kind: 'person', id, name, email, role, username, imageUrl, timeZone, locale };
}
