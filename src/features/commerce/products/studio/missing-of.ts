import { statement } from '#platform/database/statement.ts';

/** What decides whether a product can be sold. */
export interface ProductState {
  courses: number;
  unpublished: number;
  prices: number;
}

export const productState = statement<ProductState, [id: string]>(`
  select (select count(*)::int from product_courses where product_id = p.id) as courses,
         (select count(*)::int from product_courses i join courses c on c.id = i.course_id where i.product_id = p.id and c.status <> 'PUBLISHED') as unpublished,
         (select count(*)::int from prices where product_id = p.id) as prices
    from products p where p.id = $1::uuid`);

/** What a product still needs before it can be sold, in sentences. */
export function missingOf(type: 'BUNDLE' | 'MEMBERSHIP', { courses, unpublished, prices }: ProductState): string[] {
  const missing: string[] = [];
  if (type === 'BUNDLE' && courses < 2) missing.push('A bundle has two courses or more.');
  if (type === 'BUNDLE' && unpublished > 0) missing.push('Every course in it is published.');
  if (type === 'MEMBERSHIP' && courses - unpublished < 1) missing.push('A membership opens at least one published course.');
  if (prices === 0) missing.push('It needs a price.');
  return missing;
}
