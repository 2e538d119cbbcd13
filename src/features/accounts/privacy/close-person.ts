import type { Context, Role } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, type UserId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { type Obstacle, personalData } from '#platform/personal-data.server.ts';
import { audit } from '../audit/audit.ts';
import { dangerouslyAsSystem } from '../auth.server.ts';
import { spendLinks } from '../email/spend-links.ts';
import { accountClosedMail } from '../emails/account-closed.ts';
import { blankPerson } from './blank-person.ts';
import { discardArchivesJob } from './discard-archives.ts';
import { lockAdmins, obstaclesOf } from './obstacles.ts';
import { mayClosePerson } from './policy.ts';

/** How closing an account ended. */
export type Closing = { kind: 'closed' } | { kind: 'not-yet'; obstacles: readonly Obstacle[] };

interface OpenPerson {
  id: UserId;
  name: string;
  email: string;
  role: Role;
  imageKey: string | null;
}

const lockPerson = statement<OpenPerson & { closed: boolean }, [userId: string]>(
  `select id, name, email, role, image_key as "imageKey", deleted_at is not null as closed from users where id = $1::uuid for no key update`,
);

/**
 * Closes an account for good, in one transaction: what is personal is blanked, every way in is deleted, and what others rely on stays
 * under the name “Former member”. The address is free again. For admins and the program; one's own is `closeOwnAccount`.
 */
export async function closePerson(ctx: Context, userId: string): Promise<Closing> {
  if (!mayClosePerson(ctx.actor, userId)) throw new AppError('forbidden', 'You cannot close this account.');
  return dangerouslyClose(ctx, userId);
}

/** Closes whatever account it is told to: whoever calls it has made sure who asks. */
export async function dangerouslyClose(ctx: Context, userId: string): Promise<Closing> {
  if (!isId(userId)) throw new AppError('not-found', 'There is no such person.');
  const asSystem = ctx.actor.kind === 'system' ? ctx : dangerouslyAsSystem(ctx);
  return inTransaction(asSystem, async (inside) => {
    const adminCount = await lockAdmins(inside);
    const [person] = await inside.db.sql(lockPerson, userId);
    if (!person) throw new AppError('not-found', 'There is no such person.');
    if (person.closed) return { kind: 'closed' };
    const byAnother = ctx.actor.kind === 'person' && ctx.actor.id !== person.id;
    const obstacles = await obstaclesOf(inside, person, { adminCount, byAnother });
    if (obstacles.length > 0) return { kind: 'not-yet', obstacles };
    const archives = await inside.db.prisma.dataExport.findMany({ where: { userId, key: { not: null } }, select: { key: true } });
    await spendLinks(inside, person);
    await blankPerson(inside, person.id);
    for (const { forget } of personalData()) await forget?.(inside, person);
    if (archives.length > 0) await enqueue(inside, discardArchivesJob, { keys: archives.map(({ key }) => key ?? '') });
    await audit({ ...inside, actor: ctx.actor }, { action: 'accounts.personClosed', subjectType: 'user', subjectId: person.id });
    await sendMail(inside, accountClosedMail, person.email, { name: person.name });
    return { kind: 'closed' };
  });
}
