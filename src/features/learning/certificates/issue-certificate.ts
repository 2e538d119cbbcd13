import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const issue = statement<unknown, [enrollmentId: string, moment: string]>('select issue_certificate($1, $2::timestamptz)');

/** Issues the certificate of a completed enrollment, in the transaction that completes it. There is one at most: the database sees to it. */
export async function issueCertificate(ctx: Context, { enrollmentId }: { enrollmentId: string }): Promise<void> {
  await ctx.db.sql(issue, enrollmentId, ctx.now.toISOString());
}
