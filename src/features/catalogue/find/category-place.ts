/** Where a category stands, and what lies within it. */
export interface CategoryPlace {
  slug: string;
  name: string;
  description: string | null;
  /** From the outermost to the one that it lies in. */
  trail: { slug: string; name: string }[];
  /** The categories within it that have courses. */
  children: { slug: string; name: string; courseCount: number }[];
}

/** A category with those above it and those within it, as JSON. */
export const placeOf = (slug: string) => `
  select json_build_object('slug', c.slug, 'name', c.name, 'description', c.description,
           'trail', coalesce((
             with recursive above as (
               select p.id, p.parent_id, p.slug, p.name, 1 as height from categories p where p.id = c.parent_id
               union all select p.id, p.parent_id, p.slug, p.name, above.height + 1 from above join categories p on p.id = above.parent_id)
             select json_agg(json_build_object('slug', slug, 'name', name) order by height desc) from above), '[]'),
           'children', coalesce((select json_agg(json_build_object('slug', slug, 'name', name, 'courseCount', courses) order by name)
             from (select h.slug, h.name, sum(f.course_count)::int as courses
                     from categories h join course_facets f on f.category_id = h.id
                    where h.parent_id = c.id group by h.id having sum(f.course_count) > 0) as child), '[]'))::text
    from categories c where c.slug = ${slug}`;
