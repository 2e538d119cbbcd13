import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';

/** A part of somebody's wishlist, what was wished last first. */
export interface WishlistPage {
  courses: (CourseCard & { productId: string })[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  next: string | null;
  /** A course that was asked for by its address and is not on the list yet. */
  asked: { slug: string; title: string } | null;
}

const perPage = 12;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time. One more than a page shows says whether there is a next one.
const wishesBefore = statement<CourseCardRow & { wishId: string; productId: string }, [person: string, before: string]>(
  `select w.id as "wishId", o.id as "productId", ${courseCardColumns}
     from wishlist_items w join products o on o.id = w.product_id
     join courses c on c.id = o.course_id and c.status = 'PUBLISHED' join people u on u.id = c.instructor_id
    where w.user_id = $1::uuid and w.id < $2::uuid
      and not exists (select from enrollments e where e.course_id = c.id and e.user_id = $1::uuid and e.status in ('ACTIVE', 'COMPLETED'))
    order by w.id desc limit ${perPage + 1}`,
);

const askedFor = statement<{ slug: string; title: string }, [person: string, slug: string | null]>(
  `select c.slug, c.title from courses c
    where c.slug = $2 and c.status = 'PUBLISHED'
      and not exists (select from wishlist_items w join products o on o.id = w.product_id where w.user_id = $1::uuid and o.course_id = c.id)`,
);

/** The wishes of the acting person that can be fulfilled: courses that are offered and that they have not joined. */
export async function wishlistPage(ctx: Context, input: { before?: string | null; asked?: string | null }): Promise<WishlistPage> {
  const person = requirePerson(ctx);
  const before = input.before && isId(input.before) ? input.before : null;
  const [rows, [asked]] = await asActor(ctx, (sql) =>
    Promise.all([sql(wishesBefore, person.id, before ?? lastId), sql(askedFor, person.id, input.asked ?? null)]),
  );
  const shown = rows.slice(0, perPage);
  return {
    courses: shown.map((row) => ({ ...courseCard(row), productId: row.productId })),
    isFirstPage: before === null,
    next: rows.length > perPage ? (shown.at(-1)?.wishId ?? null) : null,
    asked: asked ?? null,
  };
}
