import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { lengthOf, type OutlineChapter, outlineBySlug, outlineOf } from './course-outline.ts';
import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from './cover.ts';
import { type Level, levelLabels } from './labels.ts';
import { distributionColumn, type ReviewLine, type ReviewRow, reviewJson, reviewLine } from './reviews/review-line.ts';
import { viewerOf, visibleCourse } from './visible-course.ts';

/** A course's page: what it is, who teaches it, what is in it. */
export interface CoursePage {
  slug: string;
  title: string;
  subtitle: string;
  descriptionHtml: string;
  language: string;
  level: string;
  length: string | null;
  durationMinutes: number;
  lessonCount: number;
  chapterCount: number;
  studentCount: number;
  rating: { average: number; count: number } | null;
  isFree: boolean;
  currency: string;
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
  /** How many gave five stars, four … one, and what the newest say. */
  reviews: { distribution: number[]; newest: ReviewLine[] };
  metaTitle: string;
  metaDescription: string;
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
  currency: string;
  status: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
  updatedAt: Date;
  objectives: string[];
  requirements: string[];
  features: string[];
  categories: CoursePage['categories'];
  instructors: { name: string; username: string | null; headline: string | null; bio: string | null; image: string | null }[];
  cover: CoverRow | null;
  distribution: number[];
  newestReviews: ReviewRow[];
  metaTitle: string | null;
  metaDescription: string | null;
}

const courseBySlug = statement<CourseRow, [slug: string, person: string | null, seesAll: boolean]>(
  `select c.slug, c.title, c.subtitle, c.description_html as "descriptionHtml", c.language, c.level, c.duration_minutes as "durationMinutes",
          c.lesson_count as "lessonCount", c.chapter_count as "chapterCount", c.student_count as "studentCount",
          c.rating_average::float8 as "ratingAverage", c.review_count as "reviewCount", c.is_free as "isFree", c.currency, c.status, c.updated_at as "updatedAt",
          c.objectives, c.requirements, c.features, c.meta_title as "metaTitle", c.meta_description as "metaDescription", ${coverColumn} as cover,
          ${distributionColumn} as distribution,
          coalesce((select json_agg(n.row order by n.created_at desc, n.id desc)
                      from (select ${reviewJson} as row, r.created_at, r.id from reviews r join people p on p.id = r.user_id
                             where r.course_id = c.id and r.status = 'PUBLISHED' and r.text <> '' order by r.created_at desc, r.id desc limit 3) n), '[]') as "newestReviews",
          coalesce((select json_agg(json_build_object('slug', g.slug, 'name', g.name) order by k.is_main desc, g.name)
                      from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id), '[]') as categories,
          (select json_agg(json_build_object('name', u.name, 'username', case when not u.is_closed then u.username end, 'headline', u.headline, 'bio', u.bio, 'image', u.image) order by t.place, u.name)
             from (select c.instructor_id as id, 1 as place
                   union all select user_id, 2 from course_instructors where course_id = c.id and role = 'CO_INSTRUCTOR') t
             join people u on u.id = t.id) as instructors
     from courses c
    where c.slug = $1
      and ${visibleCourse('$2', '$3')}`,
);

/** The page of a published course; of one that is not, for those who teach it and for admins. */
export async function coursePage(ctx: Context, input: { slug: string }): Promise<CoursePage> {
  const [[course], lessons] = await Promise.all([
    ctx.db.sql(courseBySlug, input.slug, ...viewerOf(ctx.actor)),
    ctx.db.sql(outlineBySlug, input.slug),
  ]);
  if (!course) throw new AppError('not-found', 'There is no such course.');
  const {
    level,

    ratingAverage,
    reviewCount,
    status,
    cover,
    instructors,
    distribution,
    newestReviews,
    metaTitle,
    metaDescription,
    ...shown
  } = course;
  return {
    ...shown,
    level: levelLabels[level],
    length: lengthOf(course.durationMinutes * 60),
    rating: reviewCount > 0 ? { average: ratingAverage, count: reviewCount } : null,
    state: status === 'DRAFT' ? 'draft' : status === 'ARCHIVED' ? 'archived' : null,
    cover: coverPicture(cover),
    instructors: await Promise.all(
      instructors.map(async ({ bio, ...instructor }) => ({ ...instructor, bioHtml: bio ? await renderMarkdown(bio) : null })),
    ),
    outline: outlineOf(lessons),
    reviews: { distribution, newest: newestReviews.map(reviewLine) },
    metaTitle: metaTitle ?? course.title,
    metaDescription: metaDescription ?? course.subtitle,
  };
}
