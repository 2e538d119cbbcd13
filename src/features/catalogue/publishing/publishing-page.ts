import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseTeam, mayEditCourse, mayHelpStudents } from '../policy.ts';
import { teamColumns } from '../team/team-columns.ts';
import { factColumns, missingFor, type Need, needs, type PublishingFacts } from './check-list.ts';
import { type CourseDeed, type CourseStatus, courseTransitions } from './states.ts';

/** Something that a course should have before it is published. */
export interface CheckLine {
  what: string;
  /** `advice`: a course can do without. */
  state: 'done' | 'missing' | 'advice';
  /** Beneath the course's address in the studio: where it is mended. */
  place: string;
}

/** What a course's page of publishing shows. */
export interface PublishingPage {
  status: CourseStatus;
  publishedAt: Date | null;
  publishAt: Date | null;
  studentCount: number;
  lines: CheckLine[];
  isReady: boolean;
  /** What the viewer may do to its state now. */
  deeds: CourseDeed[];
}

interface Row extends PublishingFacts, CourseTeam {
  status: CourseStatus;
  publishedAt: Date | null;
  publishAt: Date | null;
  studentCount: number;
  hasSubtitle: boolean;
  hasImage: boolean;
  hasCategory: boolean;
}

const courseToPublish = statement<Row, [slug: string]>(`
  select c.status, c.published_at as "publishedAt", c.publish_at as "publishAt", c.student_count as "studentCount", ${factColumns}, ${teamColumns},
         c.subtitle <> '' as "hasSubtitle", c.image_file_id is not null as "hasImage",
         exists (select from course_categories k where k.course_id = c.id) as "hasCategory"
    from courses c where c.slug = $1`);

const wordsOf: Record<Need, { done: string; place: string }> = {
  lesson: { done: 'It has a lesson that learners can see', place: '' },
  price: { done: 'It is free, or has a price', place: '/access' },
  description: { done: 'It has a description', place: '/details#about' },
};

/** Whether a course may be published, what is missing, and what can be done to it. One query. */
export async function publishingPage(ctx: Context, input: { slug: string }): Promise<PublishingPage> {
  const [row] = await ctx.db.sql(courseToPublish, input.slug);
  if (!row || !mayHelpStudents(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  const missing = missingFor(row);
  const { status, publishedAt, publishAt, studentCount } = row;
  return {
    status,
    publishedAt,
    publishAt,
    studentCount,
    lines: [...(Object.keys(needs) as Need[]).map((need) => lineOf(need, missing.includes(need))), ...adviceFor(row)],
    isReady: missing.length === 0,
    deeds: mayEditCourse(ctx.actor, row) ? (Object.keys(courseTransitions[status]) as CourseDeed[]) : [],
  };
}

function lineOf(need: Need, isMissing: boolean): CheckLine {
  const { done, place } = wordsOf[need];
  return { what: isMissing ? `It needs ${needs[need]}` : done, state: isMissing ? 'missing' : 'done', place };
}

/** What makes a course easier to find and to choose. Its cover is drawn from its title as long as nobody uploads one: no course is without a picture. */
function adviceFor(row: Row): CheckLine[] {
  const advice = (isDone: boolean, done: string, open: string, place: string): CheckLine => ({
    what: isDone ? done : open,
    state: isDone ? 'done' : 'advice',
    place,
  });
  return [
    advice(row.hasImage, 'It has a cover of its own', 'A cover of its own; until then one is drawn from its title', '/details#cover'),
    advice(row.hasSubtitle, 'It says in a line what it is', 'A line beneath its title, which cards show', '/details#about'),
    advice(row.hasCategory, 'It is in a category', 'A category, in which people find it', '/details#categories'),
  ];
}
