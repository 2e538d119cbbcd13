import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId } from '#platform/ids.ts';
import { isThere, othersColumn } from '../studio/studio-course.ts';

/** A lesson that somebody may change, with what package it has. */
export interface LessonWithPackage {
  id: LessonId;
  title: string;
  slug: string;
  type: string;
  package: { title: string; edition: number; partCount: number; fileCount: number; sizeBytes: number; changedAt: Date } | null;
}

type Row = Omit<LessonWithPackage, 'package'> &
  CourseTeam & { package: (Omit<NonNullable<LessonWithPackage['package']>, 'changedAt'> & { changedAt: string }) | null };

const lessonBySlugs = statement<Row, [courseSlug: string, lessonSlug: string]>(`
  select l.id, l.title, l.slug, l.type, c.instructor_id as "instructorId", ${othersColumn},
         (select json_build_object('title', k.title, 'edition', k.edition, 'partCount', jsonb_array_length(k.parts), 'fileCount', k.file_count,
                                   'sizeBytes', k.size_bytes, 'changedAt', k.updated_at) from packages k where k.lesson_id = l.id) as package
    from courses c join lessons l on l.course_id = c.id and l.slug = $2
   where c.slug = $1 and ${isThere('lesson_id', 'l.id')} and ${isThere('chapter_id', 'l.chapter_id')}`);

/** The lesson with its package, for who may change it; to everybody else it is not there. One query. */
export async function lessonOfTeam(ctx: Context, input: { courseSlug: string; lessonSlug: string }): Promise<LessonWithPackage> {
  const [row] = await ctx.db.sql(lessonBySlugs, input.courseSlug, input.lessonSlug);
  if (!row || !mayEditCourse(ctx.actor, row)) throw new AppError('not-found', 'There is no such lesson among yours.');
  const { instructorId: _, others: __, package: known, ...lesson } = row;
  return { ...lesson, package: known && { ...known, changedAt: new Date(known.changedAt) } };
}
