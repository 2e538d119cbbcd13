import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayEditProduct } from '../../policy.ts';

/** The bundles and memberships that the actor may change, the newest first. */
export interface StudioProducts {
  products: { slug: string; name: string; type: 'BUNDLE' | 'MEMBERSHIP'; isPublic: boolean; courseCount: number; by: string }[];
  /** Memberships are the school's. */
  mayMakeMembership: boolean;
  isFirstPage: boolean;
  next: string | null;
}

const perPage = 50;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const productsOf = statement<StudioProducts['products'][number] & { id: string }, [owner: string | null, before: string]>(`
  select p.id, p.slug, p.name, p.type, p.status = 'PUBLIC' as "isPublic", u.name as by,
         (select count(*)::int from product_courses i where i.product_id = p.id) as "courseCount"
    from products p join people u on u.id = p.owner_id
   where p.type in ('BUNDLE', 'MEMBERSHIP') and ($1::uuid is null or (p.owner_id = $1::uuid and p.type = 'BUNDLE')) and p.id < $2::uuid
   order by p.id desc limit ${perPage + 1}`);

/** One's own bundles; for admins, everything that is bundled. One query. */
export async function studioProducts(ctx: Context, input: { before?: string | null }): Promise<StudioProducts> {
  const { id: ownerId } = requirePerson(ctx);
  if (!mayEditProduct(ctx.actor, { type: 'BUNDLE', ownerId }))
    throw new AppError('forbidden', 'Only instructors bundle courses. You can apply to teach in your settings.');
  const mayMakeMembership = mayEditProduct(ctx.actor, { type: 'MEMBERSHIP', ownerId });
  const before = input.before && isId(input.before) ? input.before : null;
  const rows = await ctx.db.sql(productsOf, mayMakeMembership ? null : ownerId, before ?? lastId);
  const shown = rows.slice(0, perPage);
  return {
    products: shown.map(({ id: _, ...product }) => product),
    mayMakeMembership,
    isFirstPage: before === null,
    next: rows.length > perPage ? (shown.at(-1)?.id ?? null) : null,
  };
}
