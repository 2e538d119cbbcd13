import { grantAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId, UserId } from '#platform/ids.ts';
import { splitMoney } from '#platform/money.ts';
import type { ProductSnapshot } from '../settlement/order-to-settle.ts';

/** Something that an order bought for others than its buyer: a gift, or seats of a team. */
export interface BoughtItem {
  id: string;
  buyerId: UserId;
  title: string;
  product: ProductSnapshot;
  quantity: number;
  accessDays: number | null;
  total: number;
  currency: string;
  /** Whether it was paid and neither given back nor called back by the buyer's bank. */
  isGood: boolean;
}

/** Of a query over order items `i` of orders `o`: paid, not given back as a whole, and not disputed. */
export const isGood = `
  o.status in ('COMPLETED', 'PARTIALLY_REFUNDED') and (i.refunded_amount < i.total or i.total = 0)
  and not exists (select from disputes d join payments y on y.id = d.payment_id where y.order_id = o.id and d.status in ('OPEN', 'LOST'))`;

const hold = statement<unknown, [id: string]>('select id from order_items where id = $1::uuid for no key update');
// Read once it is held: what a refund or a dispute has changed meanwhile is seen.
const read = statement<BoughtItem, [id: string]>(
  `select i.id, o.user_id as "buyerId", i.title, i.product_snapshot as product, i.quantity, i.access_days as "accessDays",
          i.total, o.currency, ${isGood} as "isGood"
     from order_items i join orders o on o.id = i.order_id where i.id = $1::uuid`,
);

/** The item, held until the transaction ends: a refund or a dispute of it waits, or has happened. Whoever holds an item and what hangs on it holds the item first. */
export async function findBoughtItem(ctx: Context, id: string): Promise<BoughtItem | undefined> {
  const [, [item]] = await Promise.all([ctx.db.sql(hold, id), ctx.db.sql(read, id)]);
  return item;
}

/** The same of an item that is known to be there. */
export async function holdBoughtItem(ctx: Context, id: string): Promise<BoughtItem> {
  const item = await findBoughtItem(ctx, id);
  if (!item) throw new Error(`There is no order item ${id}.`);
  return item;
}

/** Which of these courses a person has, other than for as long as they are a member. */
export const ownedCourses = statement<{ courseId: CourseId }, [userId: string, courseIds: string[], moment: string]>(
  `select distinct course_id as "courseId" from access_grants
    where user_id = $1::uuid and course_id = any ($2::uuid[]) and revoked_at is null and source <> 'MEMBERSHIP'
      and (expires_at is null or expires_at > $3::timestamptz)`,
);

/** Whether a person has every course of an item already, other than for as long as they are a member. */
export async function ownsAll(ctx: Context, item: { product: ProductSnapshot }, userId: UserId): Promise<boolean> {
  const courseIds = item.product.courses.map(({ id }) => id);
  const known = await ctx.db.sql(ownedCourses, userId, courseIds, ctx.now.toISOString());
  return courseIds.length > 0 && known.length === new Set(courseIds).size;
}

/** Opens the courses of an item to a person, for as long as was bought from this moment on. `number` is the seat. */
export async function giveItem(
  ctx: Context,
  item: BoughtItem,
  { userId, source, number }: { userId: UserId; source: 'GIFT' | 'PURCHASE'; number: number },
): Promise<void> {
  const ofSeat = splitMoney(item.total, Array<number>(item.quantity).fill(1))[number - 1] ?? 0;
  const courses = item.product.courses;
  const amounts = splitMoney(
    ofSeat,
    courses.map(({ listPrice }) => listPrice),
  );
  const grants = courses.map(({ id }, index) => ({ courseId: id, amount: amounts[index] ?? 0 }));
  // Courses count their students: two who take the same courses take them in the same order.
  for (const { courseId, amount } of grants.sort((a, b) => a.courseId.localeCompare(b.courseId)))
    await grantAccess(ctx, {
      userId,
      courseId,
      source,
      orderItemId: item.id,
      amount,
      currency: item.currency,
      startsAt: ctx.now,
      expiresAt: item.accessDays === null ? null : new Date(ctx.now.getTime() + item.accessDays * 86_400_000),
    });
}
