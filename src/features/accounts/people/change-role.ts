import { z } from 'zod';
import type { Context, Role } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { audit } from '../audit/audit.ts';
import { emailField } from '../fields.ts';
import { mayManagePeople } from '../policy.ts';

const schema = z.object({ email: emailField, role: z.enum(['STUDENT', 'INSTRUCTOR', 'ADMIN'], 'A role is STUDENT, INSTRUCTOR or ADMIN.') });

/** Locked together, so that two admins cannot demote each other in the same moment. */
const lockAdmins = statement<{ id: string }>("select id from users where role = 'ADMIN' and deleted_at is null order by id for update");

/** Gives a person another role. A school keeps at least one admin. */
export async function changeRole(ctx: Context, input: { email: string; role: Role }): Promise<{ id: UserId; before: Role; after: Role }> {
  if (!mayManagePeople(ctx.actor)) throw new AppError('forbidden', 'Only admins change roles.');
  const { email, role } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const admins = await ctx.db.sql(lockAdmins);
    const person = await ctx.db.prisma.user.findFirst({ where: { email, deletedAt: null }, select: { id: true, role: true } });
    if (!person) throw new AppError('not-found', `Nobody here has the address ${email}.`);
    if (person.role === 'ADMIN' && role !== 'ADMIN' && admins.length === 1)
      throw new AppError('conflict', 'The school needs an admin. Make someone else one first.');
    const result = { id: person.id as UserId, before: person.role, after: role };
    if (person.role === role) return result;
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { role } });
    await audit(ctx, {
      action: 'accounts.roleChanged',
      subjectType: 'user',
      subjectId: person.id,
      before: { role: person.role },
      after: { role },
    });
    return result;
  });
}
