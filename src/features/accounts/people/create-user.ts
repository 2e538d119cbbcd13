import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { audit } from '../audit/audit.ts';
import { emailField, nameField, refuseOwnName } from '../fields.ts';
import { writePassword } from '../password/write-password.ts';
import { holdAddress, personByEmail } from '../person-by-email.ts';
import { isDemoAddress, mayManagePeople } from '../policy.ts';
import { invite } from './invite.ts';
import { ensureTeachingProfile } from './teaching-profile.ts';

const schema = z
  .object({
    name: nameField,
    email: emailField,
    password: z.string().optional(),
    role: z.enum(['STUDENT', 'INSTRUCTOR', 'ADMIN']),
    emailVerified: z.boolean(),
  })
  // The demo school's password is on purpose one that everybody knows.
  .superRefine((form, check) => {
    if (!isDemoAddress(form.email)) refuseOwnName(form, check);
  });

/** Somebody who is to have an account. */
export interface NewUser {
  name: string;
  email: string;
  /** Without one, the person gets in by asking for a new password. */
  password?: string;
  role?: 'STUDENT' | 'INSTRUCTOR' | 'ADMIN';
  /** Whether the address counts as confirmed, which is the default: whoever makes the account vouches for it. */
  emailVerified?: boolean;
  /** What an address that has an account already means: a refusal, or (for seeds) that all is done. */
  ifExists?: 'refuse' | 'keep';
  /** Whether the person is told by mail, with a link by which they choose their password. */
  invite?: boolean;
}

/** Makes an account for someone else, by an admin or the program itself. */
export async function createUser(ctx: Context, input: NewUser): Promise<{ id: UserId; created: boolean }> {
  if (!mayManagePeople(ctx.actor)) throw new AppError('forbidden', 'Only admins make accounts for others.');
  const user = parseInput(schema, { role: 'STUDENT', emailVerified: true, ...input });
  return inTransaction(ctx, async (ctx) => {
    await holdAddress(ctx, user.email);
    const known = await personByEmail(ctx, user.email);
    if (known && input.ifExists === 'keep') return { id: known.id, created: false };
    if (known)
      throw new AppError('conflict', 'There is an account with that e-mail address already.', {
        fields: { email: 'This address has an account already.' },
      });
    const id = newId<'user'>();
    const { name, email, role, emailVerified } = user;
    await ctx.db.prisma.user.create({ data: { id, name, email, role, emailVerified, createdAt: ctx.now } });
    if (user.password !== undefined) await writePassword(ctx, id, await hashPassword(user.password));
    if (role === 'INSTRUCTOR') await ensureTeachingProfile(ctx, id);
    if (input.invite) await invite(ctx, id);
    await audit(ctx, { action: 'accounts.userCreated', subjectType: 'user', subjectId: id, after: { role } });
    return { id, created: true };
  });
}
