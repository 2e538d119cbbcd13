import { z } from 'zod';
import { ownFile } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { auditForOwner, holdProduct } from './edited-product.ts';
import { productName } from './make-product.ts';
import { missingOf, productState } from './missing-of.ts';

const fields = z.object({ name: productName, description: z.string().trim().max(10_000, '10,000 letters at the most.') });

const saveWords = statement<unknown, [id: string, name: string, description: string, moment: string]>(
  'update products set name = $2, description = $3, updated_at = $4::timestamptz where id = $1::uuid',
);
const saveImage = statement<unknown, [id: string, fileId: string | null, moment: string]>(
  'update products set image_file_id = $2::uuid, updated_at = $3::timestamptz where id = $1::uuid',
);
const saveStatus = statement<unknown, [id: string, status: string, moment: string]>(
  'update products set status = $2::product_status, updated_at = $3::timestamptz where id = $1::uuid',
);

/** Says what a bundle or membership is called, and what it is for. Its address stays. */
export async function saveProduct(ctx: Context, { slug, ...input }: { slug: string; name: string; description: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, slug);
    const { name, description } = parseInput(fields, input);
    await ctx.db.sql(saveWords, product.id, name, description, ctx.now.toISOString());
    await auditForOwner(ctx, product);
  });
}

/** Gives it a picture out of one's own uploads; null goes back to that of its first course. */
export async function setProductImage(ctx: Context, input: { slug: string; fileId: string | null }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, input.slug);
    const file = input.fileId === null ? null : await ownFile(ctx, { fileId: input.fileId, purpose: 'image' });
    await ctx.db.sql(saveImage, product.id, file?.id ?? null, ctx.now.toISOString());
    await auditForOwner(ctx, product);
  });
}

/** Offers it to everybody, or hides it. What is bought stays bought; what is incomplete is not offered. */
export async function showProduct(ctx: Context, input: { slug: string; isPublic: boolean }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, input.slug);
    const [state] = await ctx.db.sql(productState, product.id);
    const missing = state ? missingOf(product.type, state) : [];
    if (input.isPublic && missing.length > 0) throw new AppError('conflict', `It cannot be sold yet. ${missing.join(' ')}`);
    await ctx.db.sql(saveStatus, product.id, input.isPublic ? 'PUBLIC' : 'PRIVATE', ctx.now.toISOString());
    await auditForOwner(ctx, product);
  });
}
