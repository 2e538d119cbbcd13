import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { assignCategories } from '../categories/assign-categories.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { updateCourse } from '../write/update-course.ts';
import { type Details, detailFields, keptDetails } from './details.ts';
import { markOf, marksOf } from './marks.ts';

/** What came of it. `conflict`: somebody changed these fields since the form was filled; theirs stay, what else was sent is kept. */
export type SavedDetails = { marks: Record<string, string> } & ({ kind: 'saved' } | { kind: 'conflict'; theirs: Partial<Details> });

/**
 * Keeps what somebody changed in a form of the details. `seen` has the mark of each value that the form was filled from: a field that the form did not change
 * stays as it is now, and one that somebody else changed meanwhile is not written over.
 */
export async function saveDetails(
  ctx: Context,
  input: { slug: string; values: { [Name in keyof Details]?: unknown }; seen: Readonly<Record<string, string>> },
): Promise<SavedDetails> {
  return inTransaction(ctx, async (ctx): Promise<SavedDetails> => {
    const { id: courseId } = await holdCourseAt(ctx, input.slug);
    const wanted = parseInput(detailFields.partial(), input.values);
    const [before] = await ctx.db.sql(keptDetails, courseId);
    const now = marksOf(before!);
    const changed = (Object.keys(wanted) as (keyof Details)[]).filter((name) => {
      const mine = markOf(wanted[name]);
      return mine !== now[name] && mine !== input.seen[name];
    });
    const contested = changed.filter((name) => input.seen[name] !== undefined && input.seen[name] !== now[name]);
    await write(
      ctx,
      courseId,
      before!,
      only(
        wanted,
        changed.filter((name) => !contested.includes(name)),
      ),
    );
    const [after] = await ctx.db.sql(keptDetails, courseId);
    const marks = marksOf(only(after!, Object.keys(wanted) as (keyof Details)[]));
    return contested.length === 0 ? { kind: 'saved', marks } : { kind: 'conflict', marks, theirs: only(after!, contested) };
  });
}

async function write(ctx: Context, courseId: CourseId, before: Details, { categories, ...fields }: Partial<Details>): Promise<void> {
  const rule = { ...before, ...fields };
  if (!rule.completionRequiresLessons && !rule.completionRequiresQuizzes && !rule.completionRequiresAssignments) {
    throw new AppError('invalid', 'Something has to complete the course.', {
      fields: { completionRequiresLessons: 'Choose at least one: a course without any could never be finished.' },
    });
  }
  if (Object.keys(fields).length > 0) await updateCourse(ctx, { courseId, ...fields });
  if (categories) await assignCategories(ctx, { courseId, names: categories });
}

function only<Name extends keyof Details>(values: Partial<Details>, names: readonly Name[]): Partial<Details> {
  return Object.fromEntries(names.map((name) => [name, values[name]])) as Partial<Details>;
}
