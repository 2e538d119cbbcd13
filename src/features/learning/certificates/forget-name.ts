import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const forget = statement<unknown, [userId: string]>(
  `update certificates set snapshot = snapshot - 'name', updated_at = now()
    where enrollment_id in (select id from enrollments where user_id = $1::uuid)`,
);

/** Takes the name of somebody who leaves out of their certificates. That a course was completed stays. */
export async function forgetNameOnCertificates(ctx: Context, { id }: { id: string }): Promise<void> {
  await ctx.db.sql(forget, id);
}
