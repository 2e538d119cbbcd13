import type { Person, Role } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import type { Standing } from './policy.ts';

/** What a row of `users` tells of someone who may act. */
export interface ActingRow extends Standing {
  id: UserId;
  name: string;
  role: Role;
  username: string | null;
  imageUrl: string | null;
  timeZone: string;
  locale: string;
}

/** The columns of an acting row, in a query that calls the table `u`. */
export const actingColumns = `u.id, u.name, u.email, u.role, u.username, u.image as "imageUrl", u.time_zone as "timeZone", u.locale,
       u.banned, u.ban_expires as "banExpires", u.deleted_at as "deletedAt"`;

/** The person of a row, in the form in which they act. Whether they may is for `entryOf` to say. */
export function actingPerson({ id, name, email, role, username, imageUrl, timeZone, locale }: ActingRow): Person {
  return { kind: 'person', id, name, email, role, username, imageUrl, timeZone, locale };
}
