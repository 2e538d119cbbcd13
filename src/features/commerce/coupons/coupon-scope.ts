import type { Context, Person } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { mayRunShop } from '../policy.ts';
import { coveredProducts } from './covered-products.ts';
import type { CheckedCoupon } from './wanted-coupon.ts';

const instructorCalled = statement<{ id: string }, [username: string]>(
  `select id from people where username = lower($1) and role in ('INSTRUCTOR', 'ADMIN') and not is_closed`,
);

/** What a coupon covers, as its row has it. */
export interface KeptScope {
  scope: 'ALL' | 'PRODUCTS' | 'INSTRUCTOR';
  instructorId: string | null;
  productIds: string[];
}

/** What a coupon covers: admins choose, an instructor's covers what they sell themselves, all of it or some. */
export async function scopeOf(ctx: Context, person: Person, wanted: CheckedCoupon): Promise<KeptScope> {
  if (!mayRunShop(person)) return ofInstructor(ctx, person.id, wanted.products);
  if (wanted.scope === 'ALL') return { scope: 'ALL', instructorId: null, productIds: [] };
  if (wanted.scope === 'PRODUCTS') {
    const productIds = await coveredProducts(ctx, { lines: wanted.products, ownerId: null });
    if (productIds.length === 0) refuse('products', 'Write the address of at least one product.');
    return { scope: 'PRODUCTS', instructorId: null, productIds };
  }
  const [instructor] = await ctx.db.sql(instructorCalled, wanted.instructor.replace(/^@/, ''));
  return instructor ? ofInstructor(ctx, instructor.id, wanted.products) : refuse('instructor', 'There is no instructor of this user name.');
}

async function ofInstructor(ctx: Context, instructorId: string, lines: string): Promise<KeptScope> {
  return { scope: 'INSTRUCTOR', instructorId, productIds: await coveredProducts(ctx, { lines, ownerId: instructorId }) };
}

function refuse(field: string, message: string): never {
  throw new AppError('invalid', 'Something here needs another look.', { fields: { [field]: message } });
}
