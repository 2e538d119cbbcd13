import { randomInt } from 'node:crypto';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, type Person, requirePerson, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mayChangeCoupon, mayMakeCoupons, mayRunShop } from '../policy.ts';
import { type KeptScope, scopeOf } from './coupon-scope.ts';
import { type CheckedCoupon, couponFields, type WantedCoupon } from './wanted-coupon.ts';

/** A code that is taken says that there is such a coupon: enough for work, too few to try a list of codes. */
const makings: RateLimit = { name: 'coupon-make', attempts: 60, perSeconds: 3600 };

/** Nothing that is read as something else. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const anyCode = () => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');

const insert = statement<{ id: string }, [id: string, code: string, createdById: string, moment: string]>(
  `insert into coupons (id, code, type, value, created_by_id, starts_at, created_at, updated_at)
   values ($1::uuid, $2, 'PERCENTAGE', 1, $3::uuid, $4::timestamptz, $4::timestamptz, $4::timestamptz) on conflict do nothing returning id`,
);
const hold = statement<{ code: string; usedCount: number; startsAt: Date; instructorId: string | null }, [id: string]>(
  `select code, used_count as "usedCount", starts_at as "startsAt", instructor_id as "instructorId" from coupons where id = $1::uuid for no key update`,
);

/** Makes a coupon; without a code it gets one that nobody guesses. */
export async function makeCoupon(ctx: Context, { code, ...input }: WantedCoupon & { code: string }): Promise<{ id: string; code: string }> {
  const person = requirePerson(ctx);
  if (!mayMakeCoupons(person)) throw new AppError('forbidden', 'Coupons are made by the school and by those who teach.');
  await runtime().rateLimiter.attempt(makings, person.id);
  const wanted = parseInput(couponFields, input);
  const typed = code.trim().toUpperCase() || anyCode();
  if (!/^[A-Z0-9_-]{2,40}$/.test(typed)) refuse('code', '2 to 40 letters, digits, hyphens and underscores.');
  return inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const scope = await scopeOf(ctx, person, wanted);
    const id = newId();
    const made = await ctx.db.sql(insert, id, typed, person.id, ctx.now.toISOString());
    if (made.length === 0) refuse('code', 'There is a coupon with this code already.');
    await write(ctx, id, wanted, scope, wanted.startsAt ?? ctx.now);
    await tell(ctx, person, 'commerce.couponMade', { id, code: typed });
    return { id, code: typed };
  });
}

/** Changes a coupon; its code stays, because people hold it. Orders that have used it keep what it took off. */
export async function changeCoupon(ctx: Context, { id, ...input }: WantedCoupon & { id: string }): Promise<void> {
  const person = requirePerson(ctx);
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const coupon = await heldCoupon(ctx, person, id);
    const wanted = parseInput(couponFields, input);
    if (wanted.maxUses !== null && wanted.maxUses < coupon.usedCount) refuse('maxUses', `It has been used ${coupon.usedCount} times.`);
    await write(ctx, id, wanted, await scopeOf(ctx, person, wanted), wanted.startsAt ?? coupon.startsAt);
    await tell(ctx, person, 'commerce.couponChanged', { id, code: coupon.code });
  });
}

/** Switches a coupon off, or on again. Who has used it in an order that still waits keeps it. */
export async function switchCoupon(ctx: Context, { id, active }: { id: string; active: boolean }): Promise<void> {
  const person = requirePerson(ctx);
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const { code } = await heldCoupon(ctx, person, id);
    const { count } = await ctx.db.prisma.coupon.updateMany({ where: { id, active: !active }, data: { active, updatedAt: ctx.now } });
    if (count > 0 && mayRunShop(person)) {
      const after = { code, active: String(active) };
      await audit({ ...ctx, actor: person }, { action: 'commerce.couponSwitched', subjectType: 'coupon', subjectId: id, after });
    }
  });
}

async function heldCoupon(ctx: Context, person: Person, id: string) {
  const [coupon] = isId(id) ? await ctx.db.sql(hold, id) : [];
  if (!coupon || !mayChangeCoupon(person, coupon)) throw new AppError('not-found', 'There is no such coupon.');
  return coupon;
}

async function write(ctx: Context, id: string, wanted: CheckedCoupon, { productIds, ...scope }: KeptScope, startsAt: Date): Promise<void> {
  if (wanted.endsAt && wanted.endsAt <= startsAt) refuse('endsAt', 'The end comes after the beginning.');
  const { instructor: _instructor, products: _products, description, ...columns } = wanted;
  const data = { ...columns, ...scope, startsAt, description: description || null, updatedAt: ctx.now };
  await ctx.db.prisma.coupon.updateMany({ where: { id }, data });
  await ctx.db.prisma.couponProduct.deleteMany({ where: { couponId: id } });
  await ctx.db.prisma.couponProduct.createMany({ data: productIds.map((productId) => ({ couponId: id, productId })) });
}

/** What the school's people do is written down; an instructor's own coupons are their own affair. */
async function tell(
  ctx: Context,
  person: Person,
  action: 'commerce.couponMade' | 'commerce.couponChanged',
  coupon: { id: string; code: string },
) {
  if (!mayRunShop(person)) return;
  await audit({ ...ctx, actor: person }, { action, subjectType: 'coupon', subjectId: coupon.id, after: { code: coupon.code } });
}

function refuse(field: string, message: string): never {
  throw new AppError('invalid', 'Something here needs another look.', { fields: { [field]: message } });
}
