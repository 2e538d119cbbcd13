import { z } from 'zod';
import { statement } from '#platform/database/statement.ts';
import { courseFields } from '../write/fields.ts';

/** What a course's page of details is made of, as forms send it. */
export const detailFields = courseFields
  .pick({
    title: true,
    subtitle: true,
    description: true,
    level: true,
    language: true,
    tags: true,
    requirements: true,
    objectives: true,
    features: true,
    faq: true,
    metaTitle: true,
    metaDescription: true,
    completionRequiresLessons: true,
    completionRequiresQuizzes: true,
    completionRequiresAssignments: true,
    allowsManualCompletion: true,
  })
  .extend({
    /** Slugs, the main one first. */
    categories: z
      .array(z.string().max(200))
      .max(10, 'At most 10 categories.')
      .transform(([main, ...others]) => (main === undefined ? [] : [main, ...[...new Set(others)].filter((slug) => slug !== main).sort()])),
  });

export type Details = z.output<typeof detailFields>;

/** The SQL columns of the details of the course `c`. */
export const detailColumns = `
  c.title, c.subtitle, c.description, c.level, c.language, c.tags, c.requirements, c.objectives, c.features,
  (select coalesce(json_agg(json_build_object('question', entry ->> 'question', 'answer', entry ->> 'answer') order by place), '[]')
     from jsonb_array_elements(c.faq) with ordinality as listed (entry, place)) as faq,
  c.meta_title as "metaTitle", c.meta_description as "metaDescription", c.completion_requires_lessons as "completionRequiresLessons",
  c.completion_requires_quizzes as "completionRequiresQuizzes", c.completion_requires_assignments as "completionRequiresAssignments",
  c.allows_manual_completion as "allowsManualCompletion",
  (select coalesce(json_agg(g.slug order by k.is_main desc, g.slug collate "C"), '[]')
     from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id) as categories`;

/** The details of one course as they are kept. */
export const keptDetails = statement<Details, [courseId: string]>(`select ${detailColumns} from courses c where c.id = $1`);
