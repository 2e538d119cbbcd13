import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { mayEditProduct, type SoldThing } from '../../policy.ts';

/** A bundle or membership that the actor may change, held until the transaction ends. */
export interface EditedProduct extends SoldThing {
  id: string;
  slug: string;
  name: string;
  isPublic: boolean;
}

const holdAt = statement<EditedProduct, [slug: string]>(
  `select id, type, owner_id as "ownerId", slug, name, status = 'PUBLIC' as "isPublic" from products
    where slug = $1 and type <> 'COURSE' for no key update`,
);

/** Holds the product, or refuses: one that the actor may not change looks like one that is not there. */
export async function holdProduct(ctx: Context, slug: string): Promise<EditedProduct> {
  const [product] = await ctx.db.sql(holdAt, slug);
  if (!product || !mayEditProduct(ctx.actor, product)) throw absentProduct();
  return product;
}

export function absentProduct(): AppError {
  return new AppError('not-found', 'There is no such bundle or membership among yours.');
}

/** Writes down what staff do to somebody else's bundle. */
export async function auditForOwner(ctx: Context, { ownerId, name }: EditedProduct): Promise<void> {
  if (requirePerson(ctx).id === ownerId) return;
  await audit(ctx, { action: 'commerce.productChanged', subjectType: 'user', subjectId: ownerId, after: { product: name } });
}
