import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Prisma } from '#generated/prisma/client.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { holdLesson } from './held-lesson.ts';

/** Work to hand in, as it is handed to the program. The instructions are Markdown. */
export const assignmentFields = z.object({
  title: z.string().trim().min(1, 'Give it a title.').max(200, 'A title has 200 characters at the most.'),
  instructions: z.string().max(100_000),
  dueAt: z.coerce.date().nullable().default(null),
  points: z.int().min(0).default(100),
  passingPercent: z.int().min(0).max(100).default(50),
  allowedFileTypes: z.array(z.string().max(50)).max(50).default([]),
  maxFiles: z.int().min(0).max(100).default(5),
  maxSubmissions: z.int().positive().nullable().default(null),
  rubric: z.json().nullable().default(null),
  latePolicy: z.enum(['ACCEPT', 'PENALIZE', 'REFUSE']).default('ACCEPT'),
  latePenaltyPercent: z.int().min(0).max(100).default(0),
});

/** An assignment as it comes with a course. */
export type NewAssignment = z.input<typeof assignmentFields>;

/** Makes the assignments of a lesson be these, in this order; what is there already is changed in place. */
export async function putAssignments(
  ctx: Context,
  { lessonId, assignments }: { lessonId: LessonId; assignments: readonly NewAssignment[] },
): Promise<{ changed: boolean }> {
  const wanted = parseInput(z.array(assignmentFields).max(20, 'A lesson has 20 assignments at the most.'), assignments);
  return inTransaction(ctx, async (ctx) => {
    await holdLesson(ctx, lessonId);
    const before = await ctx.db.prisma.assignment.findMany({ where: { lessonId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    const gone = before.slice(wanted.length).map(({ id }) => id);
    const handedIn = await ctx.db.prisma.submission.findFirst({ where: { assignmentId: { in: gone } }, select: { id: true } });
    if (handedIn) throw new AppError('conflict', 'An assignment that somebody has handed in cannot be taken away.');
    await ctx.db.prisma.assignment.deleteMany({ where: { id: { in: gone } } });
    let changed = gone.length > 0;
    for (const [index, fields] of wanted.entries()) {
      const known = before[index];
      if (known && Object.entries(fields).every(([name, value]) => isDeepStrictEqual(value, known[name as keyof typeof known]))) continue;
      changed = true;
      const data = { ...fields, rubric: fields.rubric ?? Prisma.DbNull, instructionsHtml: await renderMarkdown(fields.instructions) };
      if (known) await ctx.db.prisma.assignment.update({ where: { id: known.id }, data });
      else await ctx.db.prisma.assignment.create({ data: { id: newId<'assignment'>(), lessonId, ...data, createdAt: ctx.now } });
    }
    return { changed };
  });
}
