import { z } from 'zod';
import { freeSlug, slugOf } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { mayEditProduct } from '../../policy.ts';

/** What a product is called. */
export const productName = z.string().trim().min(1, 'Give it a name.').max(200, '200 letters at the most.');

const fields = z.object({ type: z.enum(['BUNDLE', 'MEMBERSHIP']), name: productName });

const holdSlug = statement<unknown, [slug: string]>("select pg_advisory_xact_lock(hashtextextended('product slug ' || $1, 0))");
const likeSlugs = statement<{ slug: string }, [slug: string]>(`select slug from products where slug = $1 or slug like $1 || '-%'`);
const make = statement<unknown, [id: string, type: string, owner: string, name: string, slug: string, moment: string]>(
  `insert into products (id, type, owner_id, name, slug, created_at, updated_at)
   values ($1::uuid, $2::product_type, $3::uuid, $4, $5, $6::timestamptz, $6::timestamptz)`,
);

/** Makes a bundle or a membership of the acting person's, with nothing in it and hidden. */
export async function makeProduct(ctx: Context, input: { type: string; name: string }): Promise<{ slug: string }> {
  const { id: ownerId } = requirePerson(ctx);
  const refusal = () => new AppError('forbidden', 'Instructors bundle their own courses, and the school makes memberships.');
  if (!mayEditProduct(ctx.actor, { type: 'BUNDLE', ownerId })) throw refusal();
  const { type, name } = parseInput(fields, input);
  if (!mayEditProduct(ctx.actor, { type, ownerId })) throw refusal();
  return inTransaction(ctx, async (ctx) => {
    const wanted = slugOf(name, type.toLowerCase());
    await ctx.db.sql(holdSlug, wanted);
    const taken = await ctx.db.sql(likeSlugs, wanted);
    const slug = freeSlug(
      wanted,
      taken.map((row) => row.slug),
    );
    await ctx.db.sql(make, newId(), type, ownerId, name, slug, ctx.now.toISOString());
    return { slug };
  });
}
