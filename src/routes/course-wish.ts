/** What an address asks of a list of courses. */
export function courseWish({ searchParams }: URL) {
  const one = (name: string) => searchParams.get(name);
  const many = (name: string) => searchParams.getAll(name);
  return {
    q: one('q'),
    level: many('level'),
    language: many('language'),
    price: many('price'),
    free: one('free'),
    length: many('length'),
    rating: one('rating'),
    sort: one('sort'),
    after: one('after'),
  };
}
