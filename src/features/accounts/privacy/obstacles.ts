import type { Context, Role } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type Obstacle, personalData } from '#platform/personal-data.server.ts';

const admins = statement<{ count: number }>("select count(*)::int as count from users where role = 'ADMIN' and deleted_at is null");

/** Locked together, so that two admins cannot leave in the same moment. */
const adminsForUpdate = statement<{ id: string }>(
  "select id from users where role = 'ADMIN' and deleted_at is null order by id for update",
);

/** How many admins the school has. */
export async function countAdmins(ctx: Context): Promise<number> {
  const [row] = await ctx.db.sql(admins);
  return row?.count ?? 0;
}

/** How many admins the school has, until the transaction ends. */
export async function lockAdmins(ctx: Context): Promise<number> {
  return (await ctx.db.sql(adminsForUpdate)).length;
}

const lastAdmin: Obstacle = {
  message: 'The school needs an admin. Make someone else one first.',
  href: '/admin/users',
  linkLabel: 'Go to the people',
};

const anotherAdmin: Obstacle = { message: 'This is an admin. Give them another role first.' };

/** What must be settled before an account may close, and what to do about each. `byAnother`: an admin closes it, not the person. */
export async function obstaclesOf(
  ctx: Context,
  person: { id: string; role: Role },
  { adminCount, byAnother }: { adminCount: number; byAnother: boolean },
): Promise<readonly Obstacle[]> {
  const found: Obstacle[] = [];
  if (person.role === 'ADMIN' && adminCount <= 1) found.push(lastAdmin);
  else if (person.role === 'ADMIN' && byAnother) found.push(anotherAdmin);
  for (const { obstacles } of personalData()) found.push(...((await obstacles?.(ctx, person.id)) ?? []));
  return found;
}
