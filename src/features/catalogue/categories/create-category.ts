import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type CategoryId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { mayRunCatalogue } from '../policy.ts';
import { titleField } from '../write/fields.ts';
import { slugOf } from '../write/slug.ts';

const schema = z.object({
  name: titleField,
  description: z.string().max(2000).optional(),
  icon: z.string().max(100).optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'A color is written like #1a2b3c.')
    .optional(),
});

/** Makes a category; one of that name already there is kept as it is, so that seeds can run again. */
export async function createCategory(ctx: Context, input: z.input<typeof schema>): Promise<CategoryId> {
  if (!mayRunCatalogue(ctx.actor)) throw new AppError('forbidden', 'Only admins make categories.');
  const fields = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    const slug = slugOf(fields.name, `category-${newId().slice(-12)}`);
    await ctx.db.prisma.category.createMany({
      data: [{ id: newId<'category'>(), ...fields, slug, createdAt: ctx.now }],
      skipDuplicates: true,
    });
    const category = await ctx.db.prisma.category.findFirst({ where: { OR: [{ name: fields.name }, { slug }] }, select: { id: true } });
    if (!category) throw new AppError('conflict', 'There is a category of that name already.');
    return category.id as CategoryId;
  });
}
