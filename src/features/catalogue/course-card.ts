import type { Money } from '#platform/money.ts';
import { formatDuration } from '#platform/time.ts';
import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from './cover.ts';
import { type Level, levelLabels } from './labels.ts';
import { schoolCurrency } from './price.ts';

/** A course as a card shows it. */
export interface CourseCard {
  slug: string;
  title: string;
  subtitle: string;
  category: string | null;
  categorySlug: string | null;
  instructor: string;
  /** Null when they chose none: then they have no page. */
  instructorUsername: string | null;
  level: string;
  /** "1 h 5 min", or null when its length is not known. */
  length: string | null;
  lessonCount: number;
  rating: { average: number; count: number } | null;
  isFree: boolean;
  /** What it costs now in the school's currency; null for nothing, and without a price there. */
  price: Money | null;
  cover: CoverPicture | null;
}

/** What a card is made of. */
export interface CourseCardRow {
  id: string;
  slug: string;
  title: string;
  subtitle: string;
  category: { name: string; slug: string } | null;
  instructor: string;
  instructorUsername: string | null;
  level: Level;
  durationMinutes: number;
  lessonCount: number;
  ratingAverage: number;
  reviewCount: number;
  isFree: boolean;
  priceNow: number | null;
  currency: string;
  publishedAt: Date;
  cover: CoverRow | null;
}

/** The columns of a card's row, of `courses c join people u`. */
export const courseCardColumns = `c.id, c.slug, c.title, c.subtitle, u.name as instructor,
          case when not u.is_closed then u.username end as "instructorUsername", c.level, c.duration_minutes as "durationMinutes", c.lesson_count as "lessonCount",
          c.rating_average::float8 as "ratingAverage", c.review_count as "reviewCount", c.is_free as "isFree", c.price_now as "priceNow", ${schoolCurrency} as currency, c.published_at as "publishedAt",
          (select json_build_object('name', g.name, 'slug', g.slug) from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name limit 1) as category,
          ${coverColumn} as cover`;

/** The card of a row. */
export function courseCard(row: Omit<CourseCardRow, 'publishedAt'>): CourseCard {
  return {
    slug: row.slug,
    title: row.title,
    subtitle: row.subtitle,
    category: row.category?.name ?? null,
    categorySlug: row.category?.slug ?? null,
    instructor: row.instructor,
    instructorUsername: row.instructorUsername,
    level: levelLabels[row.level],
    length: row.durationMinutes > 0 ? formatDuration(row.durationMinutes * 60) : null,
    lessonCount: row.lessonCount,
    rating: row.reviewCount > 0 ? { average: row.ratingAverage, count: row.reviewCount } : null,
    isFree: row.isFree,
    price: row.isFree || row.priceNow === null ? null : { minor: row.priceNow, currency: row.currency },
    cover: coverPicture(row.cover),
  };
}
