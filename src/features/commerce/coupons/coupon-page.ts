import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { currencies, formatMoney, typedMoney } from '#platform/money.ts';
import { wallClock } from '#platform/time.ts';
import { mayChangeCoupon, mayMakeCoupons, mayRunShop } from '../policy.ts';
import { type CouponState, couponInWords, couponState } from './coupon-in-words.ts';
import type { CouponDesk } from './coupons-page.ts';
import type { Coupon } from './judge-coupon.ts';
import { couponColumns } from './kept-coupon.ts';

/** The boxes of a coupon's form, as they are typed. */
export const couponBoxes = [
  'description',
  'type',
  'value',
  'currency',
  'maxDiscount',
  'minOrder',
  'maxUses',
  'maxUsesPerUser',
  'startsAt',
  'endsAt',
  'scope',
  'instructor',
  'products',
] as const;
/** A coupon as the boxes of its form hold it. */
export type TypedCoupon = Record<(typeof couponBoxes)[number], string>;

/** One use of a coupon, by one order. */
export interface CouponUse {
  id: string;
  name: string;
  orderNumber: string;
  amountInWords: string;
  at: Date;
  isReleased: boolean;
}

/** What a form for a coupon needs to be shown. */
export interface NewCouponPage {
  typed: TypedCoupon;
  currencies: { code: string; name: string }[];
  timeZone: string;
}

/** A coupon, and what it was used for. */
export interface CouponPage extends NewCouponPage {
  id: string;
  code: string;
  offInWords: string;
  state: CouponState;
  used: number;
  maxUses: number | null;
  uses: CouponUse[];
  next: string | null;
}

interface Row extends Coupon {
  description: string | null;
  instructor: string | null;
  products: string | null;
}

interface UseRow extends Omit<CouponUse, 'amountInWords'> {
  amount: number;
  currency: string;
}

const pageSize = 25;
const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const couponOf = statement<Row, [id: string]>(
  `select ${couponColumns}, c.description, i.username as instructor,
          (select string_agg(case when k.slug is null then '/products/' || p.slug else '/courses/' || k.slug end, chr(10) order by p.slug)
             from coupon_products n join products p on p.id = n.product_id left join courses k on k.id = p.course_id where n.coupon_id = c.id) as products
     from coupons c left join people i on i.id = c.instructor_id where c.id = $1::uuid`,
);
const usesOf = statement<UseRow, [couponId: string, from: string]>(
  `select r.id, u.name, o.order_number as "orderNumber", r.amount, r.currency, r.created_at as at, r.released_at is not null as "isReleased"
     from coupon_redemptions r join orders o on o.id = r.order_id join people u on u.id = r.user_id
    where r.coupon_id = $1::uuid and r.id < $2::uuid order by r.id desc limit ${pageSize + 1}`,
);

/** A coupon as its form has it, and who has used it. Two queries, sent together. */
export async function couponPage(
  ctx: Context,
  { id, desk, from }: { id: string; desk: CouponDesk; from: string | null },
): Promise<CouponPage> {
  const person = requirePerson(ctx);
  const after = from && isId(from) ? from : newest;
  const [[coupon], uses] = isId(id)
    ? await asActor({ ...ctx, actor: system }, (sql) => Promise.all([sql(couponOf, id), sql(usesOf, id, after)]))
    : [[], []];
  const isOnDesk = coupon && (desk === 'school' ? mayRunShop(person) : coupon.instructorId === person.id);
  if (!isOnDesk || !mayChangeCoupon(person, coupon)) throw new AppError('not-found', 'There is no such coupon.');
  const shown = uses.slice(0, pageSize);
  return {
    id,
    code: coupon.code,
    offInWords: couponInWords(coupon, person.locale),
    state: couponState(coupon, ctx.now),
    used: coupon.usedCount,
    maxUses: coupon.maxUses,
    uses: shown.map(({ amount, currency, ...use }) => ({ ...use, amountInWords: formatMoney({ minor: amount, currency }, person.locale) })),
    next: uses.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    typed: typedOf(coupon, person.locale, person.timeZone),
    currencies: currencies('en'),
    timeZone: person.timeZone,
  };
}

/** The empty form of a new coupon: each person may use it once, unless somebody says otherwise. */
export function newCouponPage(ctx: Context, { desk }: { desk: CouponDesk }): NewCouponPage {
  const person = requirePerson(ctx);
  const may = desk === 'school' ? mayRunShop(person) : mayMakeCoupons(person);
  if (!may) throw new AppError('forbidden', 'Coupons are made by the school and by those who teach.');
  const empty = Object.fromEntries(couponBoxes.map((name) => [name, ''])) as TypedCoupon;
  const typed = { ...empty, type: 'PERCENTAGE', scope: desk === 'school' ? 'ALL' : 'INSTRUCTOR', maxUsesPerUser: '1' };
  return { typed, currencies: currencies('en'), timeZone: person.timeZone };
}

function typedOf(coupon: Row, locale: string, timeZone: string): TypedCoupon {
  const { currency } = coupon;
  const money = (minor: number | null) => (minor === null || currency === null ? '' : typedMoney({ minor, currency }, locale));
  const count = (value: number | null) => (value === null ? '' : String(value));
  return {
    description: coupon.description ?? '',
    type: coupon.type,
    value: coupon.type === 'PERCENTAGE' ? String(coupon.value) : money(coupon.value),
    currency: currency ?? '',
    maxDiscount: money(coupon.maxDiscount),
    minOrder: money(coupon.minOrder),
    maxUses: count(coupon.maxUses),
    maxUsesPerUser: count(coupon.maxUsesPerUser),
    startsAt: wallClock(coupon.startsAt, timeZone),
    endsAt: coupon.endsAt ? wallClock(coupon.endsAt, timeZone) : '',
    scope: coupon.scope,
    instructor: coupon.instructor ?? '',
    products: coupon.products ?? '',
  };
}
