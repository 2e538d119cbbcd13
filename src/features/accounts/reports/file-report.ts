import { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';

const schema = z.object({
  subjectType: z.enum(['POST', 'COMMENT', 'MESSAGE', 'REVIEW', 'BLOG_COMMENT', 'USER']),
  subjectId: z.uuid(),
  reason: z.string().min(1, 'Choose what is wrong with it.'),
  details: z.string().trim().max(1000, 'At most 1,000 characters.'),
});

const file = statement<
  { id: string },
  [id: string, reporter: string, subjectType: string, subjectId: string, reason: string, details: string | null, moment: string]
>(
  `insert into reports (id, reporter_id, subject_type, subject_id, reason, details, created_at, updated_at)
   values ($1, $2, $3::report_subject, $4, $5, $6, $7::timestamptz, $7::timestamptz)
   on conflict (reporter_id, subject_type, subject_id) do nothing
   returning id`,
);

/** Asks the moderators to look at something. Each person asks once about each thing; again is no error and changes nothing. Whether it is there, and may be seen, the caller has made sure of. */
export async function fileReport(ctx: Context, input: z.input<typeof schema>): Promise<'filed' | 'already'> {
  const { id: reporterId } = requirePerson(ctx);
  const { subjectType, subjectId, reason, details } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const [filed] = await ctx.db.sql(file, newId(), reporterId, subjectType, subjectId, reason, details || null, ctx.now.toISOString());
    return filed ? 'filed' : 'already';
  });
}
