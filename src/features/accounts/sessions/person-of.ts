import { type Actor, guest, type Role } from '#platform/context.ts';
import { databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { isReachableFromOutside } from '../auth.server.ts';
import { entryOf, type Standing } from '../policy.ts';

interface PersonRow extends Standing {
  id: UserId;
  name: string;
  role: Role;
  username: string | null;
  imageUrl: string | null;
  timeZone: string;
  locale: string;
}

const personById = statement<PersonRow, [userId: string]>(
  `select id, name, email, role, username, image as "imageUrl", time_zone as "timeZone", locale, banned, ban_expires as "banExpires",
          deleted_at as "deletedAt"
     from users where id = $1::uuid`,
);

/** The person whom something other than a session names, ready to act; a guest when they may not get in. The caller has made sure that it may speak for them. */
export async function personOf(userId: string, now: Date): Promise<Actor> {
  const { config, systemConnections } = runtime();
  const [row] = await databaseOver(systemConnections).sql(personById, userId);
  if (!row || entryOf(row, now, isReachableFromOutside(config)) !== 'welcome') return guest;
  const { id, name, email, role, username, imageUrl, timeZone, locale } = row;
  return { kind: 'person', id, name, email, role, username, imageUrl, timeZone, locale };
}
