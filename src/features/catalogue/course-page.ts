import { type PlayableVideo, playableVideoDangerouslyUnchecked } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { type CourseCard, courseCard } from './course-card.ts';
import { lengthOf, type OutlineChapter, outlineOf } from './course-outline.ts';
import { courseBySlug } from './course-row.ts';
import { type CoverPicture, coverPicture } from './cover.ts';
import { levelLabels } from './labels.ts';
import { type CoursePrice, priceNow } from './price.ts';
import { type ReviewLine, reviewLine } from './reviews/review-line.ts';
import { viewerOf } from './visible-course.ts';

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
  /** The school's own. */
  currency: string;
  /** What is sold of it; null where it was never needed. */
  productId: string | null;
  /** What it costs now, in the school's currency if it has a price there; null for a free course, and for one without a price. */
  price: CoursePrice | null;
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
  faq: { question: string; answerHtml: string }[];
  /** For everybody who sees the page. */
  trailer: PlayableVideo | null;
  completion: CompletionRule;
  /** More than are shown: whoever learns sees none that they are in. */
  related: CourseCard[];
  metaTitle: string;
  metaDescription: string;
}

/** What completes a course. */
export interface CompletionRule {
  lessons: boolean;
  quizzes: boolean;
  assignments: boolean;
  /** How many of its lessons count. */
  required: number;
}

/** The page of a published course; of one that is not, for those who teach it and for admins. */
export async function coursePage(ctx: Context, input: { slug: string }): Promise<CoursePage> {
  const [course] = await ctx.db.sql(courseBySlug, input.slug, ...viewerOf(ctx.actor));
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
    trailer,
    rule,
    related,
    lessons,
    prices,
    metaTitle,
    metaDescription,
    ...shown
  } = course;
  return {
    ...shown,
    price: course.isFree ? null : priceNow(prices, course.currency, ctx),
    level: levelLabels[level],
    length: lengthOf(course.durationMinutes * 60),
    rating: reviewCount > 0 ? { average: ratingAverage, count: reviewCount } : null,
    state: status === 'DRAFT' ? 'draft' : status === 'ARCHIVED' ? 'archived' : null,
    cover: coverPicture(cover),
    instructors: await Promise.all(
      instructors.map(async ({ bio, ...instructor }) => ({ ...instructor, bioHtml: bio ? await renderMarkdown(bio) : null })),
    ),
    outline: outlineOf(lessons),
    trailer: playableVideoDangerouslyUnchecked(ctx, trailer) ?? null,
    completion: { ...rule, required: lessons.filter((lesson) => lesson.counts).length },
    related: related.map(courseCard),
    reviews: { distribution, newest: newestReviews.map(reviewLine) },
    metaTitle: metaTitle ?? course.title,
    metaDescription: metaDescription ?? course.subtitle,
  };
}
