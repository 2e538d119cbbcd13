import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { auditChainBroken } from '#platform/metrics.server.ts';
import { audit } from './audit.ts';

/** How much the audit log holds, and the place of the first entry that was changed or that follows a hole. */
export interface AuditChain {
  entries: number;
  firstBreak: number | null;
}

const wholeChain = statement<AuditChain>(
  'select audit_log_first_break() as "firstBreak", (select coalesce(max(sequence), 0) from audit_log) as entries',
);

/** Goes through the whole chain of the audit log. Reads every entry, so it is asked at night and by `lyceum doctor`, never by a page. */
export async function auditChain(ctx: Context): Promise<AuditChain> {
  const [chain] = await ctx.db.sql(wholeChain);
  return chain ?? { entries: 0, firstBreak: null };
}

/** Checks the audit log every night, raises the alarm when somebody changed it, and writes the outcome into the log itself. */
export const checkAuditLogJob = defineJob({
  name: 'accounts.checkAuditLog',
  schema: z.object({}),
  schedule: '20 4 * * *',
  async handler(ctx) {
    const { entries, firstBreak } = await auditChain(ctx);
    auditChainBroken.set(firstBreak === null ? 0 : 1);
    if (firstBreak !== null) ctx.log.error({ entry: firstBreak }, 'the audit log was changed or has a hole');
    const broken: Record<string, string> = firstBreak === null ? {} : { firstBreak: String(firstBreak) };
    await inTransaction(ctx, (ctx) =>
      audit(ctx, {
        action: 'accounts.auditLogChecked',
        subjectType: 'auditLog',
        subjectId: 'chain',
        after: { entries: String(entries), ...broken },
      }),
    );
  },
});
