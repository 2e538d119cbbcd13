import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { formatDuration } from '#platform/time.ts';
import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from './cover.ts';
import { type Level, levelLabels } from './labels.ts';

/** A course's page: what it is, who teaches it, what is in it. */
export interface CoursePage {
  slug: string;
  title: string;
  subtitle: string;
  descriptionHtml: string;
  language: string;
  level: string;
  length: string | null;
  lessonCount: number;
  chapterCount: number;
  studentCount: number;
  rating: { average: number; count: number } | null;
  isFree: boolean;
  /** Not visible to others yet, or any more. */
  state: 'draft' | 'archived' | null;
  updatedAt: Date;
  objectives: string[];
  requirements: string[];
  features: string[];
  categories: { slug: string; name: string }[];
  instructors: { name: string; username: string | null; headline: string | null; bioHtml: string | null; image: string | null }[];
  cover: CoverPicture | null;
  outline: OutlineChapter[];
  metaTitle: string;
  metaDescription: string;
}

export interface OutlineChapter {
  id: string;
  title: string;
  description: string | null;
  length: string | null;
  lessons: { slug: string; title: string; type: string; length: string | null; isPreview: boolean }[];
}

interface CourseRow {
  slug: string;
  title: string;
  subtitle: string;
  descriptionHtml: string;
  language: string;
  level: Level;
  durationMinutes: number;
  lessonCount: number;
  chapterCount: number;
  studentCount: number;
  ratingAverage: number;
  reviewCount: number;
  isFree: boolean;
  status: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
  updatedAt: Date;
  objectives: string[];
  requirements: string[];
  features: string[];
  categories: CoursePage['categories'];
  instructors: { name: string; username: string | null; headline: string | null; bio: string | null; image: string | null }[];
  cover: CoverRow | null;
  metaTitle: string | null;
  metaDescription: string | null;
}

const courseBySlug = statement<CourseRow, [slug: string, person: string | null, seesAll: boolean]>(
  `select c.slug, c.title, c.subtitle, c.description_html as "descriptionHtml", c.language, c.level, c.duration_minutes as "durationMinutes",
          c.lesson_count as "lessonCount", c.chapter_count as "chapterCount", c.student_count as "studentCount",
          c.rating_average::float8 as "ratingAverage", c.review_count as "reviewCount", c.is_free as "isFree", c.status, c.updated_at as "updatedAt",
          c.objectives, c.requirements, c.features, c.meta_title as "metaTitle", c.meta_description as "metaDescription", ${coverColumn} as cover,
          coalesce((select json_agg(json_build_object('slug', g.slug, 'name', g.name) order by k.is_main desc, g.name)
                      from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id), '[]') as categories,
          (select json_agg(json_build_object('name', u.name, 'username', case when not u.is_closed then u.username end, 'headline', u.headline, 'bio', u.bio, 'image', u.image) order by t.place, u.name)
             from (select c.instructor_id as id, 1 as place
                   union all select user_id, 2 from course_instructors where course_id = c.id and role = 'CO_INSTRUCTOR') t
             join people u on u.id = t.id) as instructors
     from courses c
    where c.slug = $1
      and (c.status = 'PUBLISHED' or $3 or c.instructor_id = $2::uuid
           or exists (select from course_instructors i where i.course_id = c.id and i.user_id = $2::uuid))`,
);

interface LessonRow {
  chapterId: string;
  chapterTitle: string;
  chapterDescription: string | null;
  chapterSeconds: number;
  slug: string;
  title: string;
  type: string;
  durationSeconds: number;
  isPreview: boolean;
}

const outlineBySlug = statement<LessonRow, [slug: string]>(
  `select l.chapter_id as "chapterId", h.title as "chapterTitle", h.description as "chapterDescription", h.duration_seconds as "chapterSeconds",
          l.slug, l.title, l.type, l.duration_seconds as "durationSeconds", l.is_preview as "isPreview"
     from learner_lessons l join chapters h on h.id = l.chapter_id
    where l.course_id = (select id from courses where slug = $1)
    order by l.chapter_position, l.position`,
);

/** The page of a published course; of one that is not, for those who teach it and for admins. */
export async function coursePage(ctx: Context, input: { slug: string }): Promise<CoursePage> {
  const { actor } = ctx;
  const seesAll = actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'ADMIN');
  const [[course], lessons] = await Promise.all([
    ctx.db.sql(courseBySlug, input.slug, actor.kind === 'person' ? actor.id : null, seesAll),
    ctx.db.sql(outlineBySlug, input.slug),
  ]);
  if (!course) throw new AppError('not-found', 'There is no such course.');
  const { level, durationMinutes, ratingAverage, reviewCount, status, cover, instructors, metaTitle, metaDescription, ...shown } = course;
  return {
    ...shown,
    level: levelLabels[level],
    length: lengthOf(durationMinutes * 60),
    rating: reviewCount > 0 ? { average: ratingAverage, count: reviewCount } : null,
    state: status === 'DRAFT' ? 'draft' : status === 'ARCHIVED' ? 'archived' : null,
    cover: coverPicture(cover),
    instructors: await Promise.all(
      instructors.map(async ({ bio, ...instructor }) => ({ ...instructor, bioHtml: bio ? await renderMarkdown(bio) : null })),
    ),
    outline: outlineOf(lessons),
    metaTitle: metaTitle ?? course.title,
    metaDescription: metaDescription ?? course.subtitle,
  };
}

function outlineOf(rows: readonly LessonRow[]): OutlineChapter[] {
  const chapters: OutlineChapter[] = [];
  for (const row of rows) {
    if (chapters.at(-1)?.id !== row.chapterId) {
      chapters.push({
        id: row.chapterId,
        title: row.chapterTitle,
        description: row.chapterDescription,
        length: lengthOf(row.chapterSeconds),
        lessons: [],
      });
    }
    const { slug, title, type, durationSeconds, isPreview } = row;
    chapters.at(-1)?.lessons.push({ slug, title, type, length: lengthOf(durationSeconds), isPreview });
  }
  return chapters;
}

function lengthOf(seconds: number): string | null {
  return seconds > 0 ? formatDuration(seconds) : null;
}
