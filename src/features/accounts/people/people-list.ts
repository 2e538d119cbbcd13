import type { Context, Role } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { entryOf } from '../policy.ts';
import { requireManager } from './managed-person.ts';
import { conditionsOf, type PeopleFilter, type PersonState, peopleFilter } from './people-filter.ts';

/** Someone in the list of people. */
export interface PersonLine {
  id: string;
  name: string;
  email: string;
  username: string | null;
  imageUrl: string | null;
  role: Role;
  state: PersonState | null;
  joinedAt: Date;
  /** When the newest of their sessions was last renewed; null when none is left. */
  lastSeenAt: Date | null;
}

interface Row extends Omit<PersonLine, 'state'> {
  emailVerified: boolean;
  banned: boolean;
  banExpires: Date | null;
  deletedAt: Date | null;
}

/** One page of the people, newest first. `next` is where the next page begins. */
export interface PeoplePage {
  people: PersonLine[];
  next: string | null;
  filter: PeopleFilter;
}

const pageSize = 25;

/** The people whom an admin looks for. Nothing is counted, and a page costs the same wherever it stands. */
export async function peopleList(
  ctx: Context,
  input: { search?: string | null; role?: string | null; state?: string | null; from?: string | null },
): Promise<PeoplePage> {
  const filter = peopleFilter(input);
  const people = await peopleAfter(ctx, { filter, from: input.from ?? null, limit: pageSize + 1 });
  const shown = people.slice(0, pageSize);
  return { people: shown, next: people.length > pageSize ? (shown.at(-1)?.id ?? null) : null, filter };
}

/** People from a place in the list on. */
export async function peopleAfter(ctx: Context, wish: { filter: PeopleFilter; from: string | null; limit: number }): Promise<PersonLine[]> {
  requireManager(ctx);
  const { sql: found, values } = conditionsOf(wish.filter, ctx.now);
  const from = wish.from && isId(wish.from) ? wish.from : 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  // Ids are UUIDv7: their order is the order of time.
  const list = statement<Row, (string | number)[]>(
    `select u.id, u.name, u.email, u.username, u.image as "imageUrl", u.role, u.created_at as "joinedAt", u.email_verified as "emailVerified",
            u.banned, u.ban_expires as "banExpires", u.deleted_at as "deletedAt",
            (select max(s.updated_at) from sessions s where s.user_id = u.id and s.impersonated_by is null) as "lastSeenAt"
       from people_in_full u where ${found} and u.id < $${values.length + 1}::uuid order by u.id desc limit $${values.length + 2}`,
  );
  const rows = await asActor(ctx, (sql) => sql(list, ...values, from, wish.limit));
  return rows.map((row) => line(row, ctx.now));
}

function line({ emailVerified, banned, banExpires, deletedAt, ...row }: Row, now: Date): PersonLine {
  return { ...row, state: stateOf({ email: row.email, emailVerified, banned, banExpires, deletedAt }, now) };
}

/** The state of an account that an admin should know of; null for one that is simply open. */
export function stateOf(person: Omit<Row, keyof PersonLine> & { email: string }, now: Date): PersonState | null {
  const entry = entryOf(person, now, false);
  if (entry === 'closed') return 'closed';
  if (entry === 'banned') return 'suspended';
  return person.emailVerified ? null : 'unconfirmed';
}
