import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { audit } from '../audit/audit.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { makeArchiveJob } from './make-archive.ts';

export type DataRequest = { kind: 'asked' } | { kind: 'in-the-making' } | { kind: 'too-soon'; again: Date };

/** Between two archives that could be made. */
const pauseMs = 86_400_000;

const lockPerson = statement<unknown, [userId: string]>('select id from users where id = $1::uuid for no key update');

/** When a person may ask for the next archive, after the one before. */
export function mayAskAgainAt(before: { createdAt: Date }): Date {
  return new Date(before.createdAt.getTime() + pauseMs);
}

/** Has everything that the school keeps of the actor put into one archive, apart from the request. One at a time, and one a day. */
export async function askForData(ctx: Context): Promise<DataRequest> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.sql(lockPerson, userId);
    const { dataExport } = ctx.db.prisma;
    const before = await dataExport.findFirst({ where: { userId, state: { not: 'FAILED' } }, orderBy: { id: 'desc' } });
    if (before?.state === 'QUEUED') return { kind: 'in-the-making' };
    if (before && mayAskAgainAt(before) > ctx.now) return { kind: 'too-soon', again: mayAskAgainAt(before) };
    const id = newId();
    await dataExport.create({ data: { id, userId, createdAt: ctx.now } });
    await enqueue(ctx, makeArchiveJob, { exportId: id });
    await audit(ctx, { action: 'accounts.dataAskedFor', subjectType: 'user', subjectId: userId });
    return { kind: 'asked' };
  });
}
