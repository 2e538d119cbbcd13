import { statement } from '#platform/database/statement.ts';

/** What decides whether a course may be published. */
export interface PublishingFacts {
  /** That learners can see. */
  lessonCount: number;
  isFree: boolean;
  hasPrice: boolean;
  hasDescription: boolean;
}

/** What a course must have, in words that end a sentence: "It needs …". */
export const needs = {
  lesson: 'a lesson that learners can see',
  price: 'a price, or the word that it is free',
  description: 'a description',
} as const;

export type Need = keyof typeof needs;

/** The SQL columns of the facts of a course `c`. */
export const factColumns = `
  c.lesson_count as "lessonCount", c.is_free as "isFree", btrim(c.description) <> '' as "hasDescription",
  exists (select from products p join prices r on r.product_id = p.id where p.course_id = c.id) as "hasPrice"`;

/** The facts of one course. */
export const publishingFacts = statement<PublishingFacts, [courseId: string]>(`select ${factColumns} from courses c where c.id = $1`);

/** What a course still lacks. */
export function missingFor(facts: PublishingFacts): Need[] {
  const has: Record<Need, boolean> = {
    lesson: facts.lessonCount > 0,
    price: facts.isFree || facts.hasPrice,
    description: facts.hasDescription,
  };
  return (Object.keys(has) as Need[]).filter((need) => !has[need]);
}
