import { type PlayableVideoRow, playableVideoColumn } from '#features/media/index.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type OutlineRow, outlineColumn } from './course-outline.ts';
import type { CompletionRule, CoursePage } from './course-page.ts';
import { type CoverRow, coverColumn } from './cover.ts';
import type { Level } from './labels.ts';
import { type PriceRow, pricesColumn, schoolCurrency } from './price.ts';
import { type RelatedRow, relatedColumn } from './related-courses.ts';
import { distributionColumn, type ReviewRow, reviewJson } from './reviews/review-line.ts';
import { visibleCourse } from './visible-course.ts';

/** What a course's page is made of. */
export interface CourseRow {
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
  productId: string | null;
  prices: PriceRow[];
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
  faq: CoursePage['faq'];
  trailer: PlayableVideoRow | null;
  rule: Omit<CompletionRule, 'required'>;
  related: RelatedRow[];
  lessons: OutlineRow[];
  metaTitle: string | null;
  metaDescription: string | null;
}

/** Everything of the page in one round trip. `k` is the course once more: what is shared with lists of courses calls theirs `c`. */
export const courseBySlug = statement<CourseRow, [slug: string, person: string | null, seesAll: boolean]>(
  `select c.slug, c.title, c.subtitle, c.description_html as "descriptionHtml", c.language, c.level, c.duration_minutes as "durationMinutes",
          c.lesson_count as "lessonCount", c.chapter_count as "chapterCount", c.student_count as "studentCount",
          c.rating_average::float8 as "ratingAverage", c.review_count as "reviewCount", c.is_free as "isFree", ${schoolCurrency} as currency, (select o.id from products o where o.course_id = c.id) as "productId", ${pricesColumn} as prices, c.status, c.updated_at as "updatedAt",
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
             join people u on u.id = t.id) as instructors,
          (select coalesce(json_agg(json_build_object('question', entry ->> 'question', 'answerHtml', entry ->> 'answerHtml') order by place), '[]')
             from jsonb_array_elements(c.faq) with ordinality as listed (entry, place)) as faq,
          ${playableVideoColumn('k.preview_video_id')} as trailer,
          json_build_object('lessons', c.completion_requires_lessons, 'quizzes', c.completion_requires_quizzes, 'assignments', c.completion_requires_assignments) as rule,
          ${relatedColumn} as related, ${outlineColumn} as lessons
     from courses c join courses k on k.id = c.id
    where c.slug = $1
      and ${visibleCourse('$2', '$3')}`,
);
