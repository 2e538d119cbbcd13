import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayMakeCoupons, mayRunShop } from '../policy.ts';
import { type CouponState, couponInWords, couponState } from './coupon-in-words.ts';
import type { Coupon } from './judge-coupon.ts';
import { couponColumns } from './kept-coupon.ts';

/** Whose coupons are listed: everybody's, or those for what the acting person sells. */
export type CouponDesk = 'school' | 'own';

/** A coupon in the list. */
export interface CouponLine {
  id: string;
  code: string;
  description: string;
  offInWords: string;
  scopeInWords: string;
  state: CouponState;
  used: number;
  maxUses: number | null;
  endsAt: Date | null;
}

/** Coupons, the newest first. */
export interface CouponsPage {
  coupons: CouponLine[];
  search: string;
  next: string | null;
  timeZone: string;
}

interface Row extends Coupon {
  description: string | null;
  instructorName: string | null;
}

const pageSize = 25;
const newest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time.
const list = statement<Row, [instructorId: string | null, search: string, from: string]>(
  `select ${couponColumns}, c.description, i.name as "instructorName"
     from coupons c left join people i on i.id = c.instructor_id
    where ($1::uuid is null or c.instructor_id = $1::uuid) and strpos(lower(c.code), lower($2)) > 0 and c.id < $3::uuid
    order by c.id desc limit ${pageSize + 1}`,
);

/** Coupons, the newest first. One query. */
export async function couponsPage(
  ctx: Context,
  { desk, search, from }: { desk: CouponDesk; search: string | null; from: string | null },
): Promise<CouponsPage> {
  const person = requirePerson(ctx);
  const may = desk === 'school' ? mayRunShop(person) : mayMakeCoupons(person);
  if (!may) throw new AppError('forbidden', 'Coupons are made by the school and by those who teach.');
  const [wanted, after] = [(search ?? '').trim().slice(0, 40), from && isId(from) ? from : newest];
  const rows = await asActor({ ...ctx, actor: system }, (sql) => sql(list, desk === 'school' ? null : person.id, wanted, after));
  const shown = rows.slice(0, pageSize);
  return {
    coupons: shown.map((row) => lineOf(row, person.locale, ctx.now)),
    search: wanted,
    next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    timeZone: person.timeZone,
  };
}

function lineOf(row: Row, locale: string, now: Date): CouponLine {
  return {
    id: row.id,
    code: row.code,
    description: row.description ?? '',
    offInWords: couponInWords(row, locale),
    scopeInWords: scopeInWords(row),
    state: couponState(row, now),
    used: row.usedCount,
    maxUses: row.maxUses,
    endsAt: row.endsAt,
  };
}

function scopeInWords({ scope, productIds, instructorName }: Row): string {
  const products = productIds.length === 1 ? '1 product' : `${productIds.length} products`;
  if (scope === 'ALL') return 'Everything';
  if (scope === 'PRODUCTS') return products;
  const whose = `of ${instructorName ?? 'an instructor'}`;
  return productIds.length === 0 ? `All ${whose}` : `${products} ${whose}`;
}
