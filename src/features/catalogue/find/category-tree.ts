import type { CategoryOption } from './course-facets.ts';

/** The categories as a list that shows the tree: the first ones, and beneath those on the way to the chosen one what lies in them. */
export function categoryTree(categories: readonly CategoryOption[], chosen: string | null): (CategoryOption & { depth: number })[] {
  const bySlug = new Map(categories.map((category) => [category.value, category]));
  const way = new Set<string>();
  for (let slug = chosen; slug !== null && !way.has(slug); slug = bySlug.get(slug)?.parent ?? null) way.add(slug);
  const within = (parent: string | null, depth: number): (CategoryOption & { depth: number })[] =>
    categories
      .filter((category) => (bySlug.has(category.parent ?? '') ? category.parent : null) === parent)
      .flatMap((category) => [{ ...category, depth }, ...(way.has(category.value) ? within(category.value, depth + 1) : [])]);
  return within(null, 0);
}
