import { statement } from '#platform/database/statement.ts';
import type { Coupon } from './judge-coupon.ts';

/** The columns of a coupon `c`, as it is judged. */
export const couponColumns = `
  c.id, c.code, c.type, c.value, c.currency, c.max_discount as "maxDiscount", c.min_order as "minOrder", c.max_uses as "maxUses",
  c.max_uses_per_user as "maxUsesPerUser", c.used_count as "usedCount", c.starts_at as "startsAt", c.ends_at as "endsAt", c.active, c.scope,
  c.instructor_id as "instructorId",
  array(select p.product_id::text from coupon_products p where p.coupon_id = c.id order by p.product_id) as "productIds"`;

/** How often a person, $2, has used the coupon, not counting orders that were given up. */
const usesByPerson = `(select count(*)::int from coupon_redemptions r where r.coupon_id = c.id and r.user_id = $2::uuid and r.released_at is null)`;

export const couponByCode = statement<Coupon & { usesByPerson: number }, [code: string, userId: string | null]>(
  `select ${couponColumns}, ${usesByPerson} as "usesByPerson" from coupons c where lower(c.code) = lower($1)`,
);

/** Holds the coupon until the end of the transaction: whoever uses it next waits, and counts then. */
export const holdCoupon = statement<{ id: string }, [code: string]>(
  `select id from coupons where lower(code) = lower($1) for no key update`,
);
