import { z } from 'zod';
import type { Context, Role } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { roleChangedMail } from '../emails/role-changed.ts';
import { emailField } from '../fields.ts';
import { type KnownManagedPerson, personForDeed, requireManager } from './managed-person.ts';
import { isSuspended } from './policy.ts';
import { ensureTeachingProfile } from './teaching-profile.ts';

const role = z.enum(['STUDENT', 'INSTRUCTOR', 'ADMIN'], 'A role is STUDENT, INSTRUCTOR or ADMIN.');
const schema = z.union([z.object({ id: z.string(), role }), z.object({ email: emailField, role })]);

export interface RoleChange {
  id: UserId;
  before: Role;
  after: Role;
}

/** Locked together, so that two admins cannot demote each other in the same moment. */
const lockAdmins = statement<{ id: string }>(
  "select id from users where role = 'ADMIN' and deleted_at is null order by id for no key update",
);

/** Gives a person another role, and tells them. A school keeps at least one admin. */
export async function changeRole(ctx: Context, input: ({ id: string } | { email: string }) & { role: Role }): Promise<RoleChange> {
  requireManager(ctx);
  const wanted = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const admins = await ctx.db.sql(lockAdmins);
    const person = await personForDeed(ctx, 'id' in wanted ? wanted.id : await idOf(ctx, wanted.email), 'changeRole');
    const change: RoleChange = { id: person.id as UserId, before: person.role, after: wanted.role };
    if (person.role === wanted.role) return change;
    if (person.role === 'ADMIN' && admins.length === 1)
      throw new AppError('conflict', 'The school needs an admin. Make someone else one first.');
    if (wanted.role === 'ADMIN' && isSuspended(person, ctx.now))
      throw new AppError('conflict', 'This account is suspended. Lift that first.');
    await giveRole(ctx, person, wanted.role);
    return change;
  });
}

async function idOf(ctx: Context, email: string): Promise<string> {
  const person = await ctx.db.prisma.user.findFirst({ where: { email, deletedAt: null }, select: { id: true } });
  if (!person) throw new AppError('not-found', `Nobody here has the address ${email}.`);
  return person.id;
}

async function giveRole(ctx: Context, person: KnownManagedPerson, role: Role): Promise<void> {
  await ctx.db.prisma.user.update({ where: { id: person.id }, data: { role } });
  if (role === 'INSTRUCTOR') await ensureTeachingProfile(ctx, person.id);
  await audit(ctx, {
    action: 'accounts.roleChanged',
    subjectType: 'user',
    subjectId: person.id,
    before: { role: person.role },
    after: { role },
  });
  const { origin } = runtime().config;
  await sendMail(ctx, roleChangedMail, person.email, { name: person.name, role, url: `${origin}/dashboard` });
}
