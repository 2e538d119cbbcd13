import { audit } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { holdLedCourse } from './led-course.ts';
import { mailHandedOverJob } from './mail-handed-over.ts';

const handOver = statement<{ done: boolean }, [courseId: string, userId: string, moment: string]>(
  'select hand_over_course($1::uuid, $2::uuid, $3::timestamptz) as done',
);

/** Makes a co-instructor the owner of a course; who owned it takes their place and their share. Both are told by mail. */
export async function handOverCourse(ctx: Context, { slug, userId }: { slug: string; userId: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdLedCourse(ctx, slug);
    const [answer] = isId(userId) ? await ctx.db.sql(handOver, course.id, userId, ctx.now.toISOString()) : [];
    if (!answer?.done) throw new AppError('not-found', 'Only a co-instructor who may have courses of their own can be given this one.');
    await audit(ctx, { action: 'catalogue.handedOver', subjectType: 'user', subjectId: userId, after: { course: course.title } });
    const byId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
    await enqueue(ctx, mailHandedOverJob, { courseId: course.id, ownerId: userId, formerOwnerId: course.instructorId, byId });
  });
}
