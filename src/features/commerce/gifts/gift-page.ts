import { type Context, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isGood } from '../items/bought-item.ts';
import { giftCode } from './code.ts';
import { countingWrongGiftCodes } from './limits.ts';

/** A gift as whoever has its code sees it. */
export interface GiftPage {
  code: string;
  title: string;
  /** Who gives it. */
  from: string;
  recipientName: string;
  message: string;
  courses: { slug: string; title: string; isOpen: boolean }[];
  /** `yours`: the viewer has redeemed it. `owned`: the viewer has all of it already. */
  state: 'open' | 'yours' | 'taken' | 'owned' | 'revoked';
}

interface Row extends Omit<GiftPage, 'state'> {
  isOpen: boolean;
  isRedeemed: boolean;
  isMine: boolean;
  isOwned: boolean;
}

const owns = `
  exists (select from access_grants a where a.user_id = $2::uuid and a.course_id = c.id and a.revoked_at is null and a.source <> 'MEMBERSHIP'
             and (a.expires_at is null or a.expires_at > $3::timestamptz))`;

const byCode = statement<Row, [code: string, person: string | null, moment: string]>(
  `select g.code, i.title, u.name as "from", g.recipient_name as "recipientName", g.message, g.revoked_at is null and ${isGood} as "isOpen",
          g.redeemed_at is not null as "isRedeemed", g.redeemed_by_id is not distinct from $2::uuid and $2 is not null as "isMine",
          coalesce(k.courses, '[]') as courses, coalesce(k.owned, false) as "isOwned"
     from gifts g join order_items i on i.id = g.order_item_id join orders o on o.id = i.order_id join people u on u.id = o.user_id
     left join lateral (
       select json_agg(json_build_object('slug', c.slug, 'title', c.title, 'isOpen', ${owns}) order by t.place) as courses, bool_and(${owns}) as owned
         from jsonb_array_elements(i.product_snapshot -> 'courses') with ordinality as t (known, place) join courses c on c.id = (t.known ->> 'id')::uuid) k on true
    where g.code = $1`,
);

/** The gift of a code, for everybody who has it. One query; codes that are not there are counted. */
export async function giftPage(ctx: Context, input: { code: string }): Promise<GiftPage> {
  const code = giftCode(input.code);
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  // Whoever has the code may see it: it is its own key, and row-level security knows only buyer and owner.
  const found = await countingWrongGiftCodes(ctx, async () =>
    code ? (await asActor({ ...ctx, actor: system }, (sql) => sql(byCode, code, person, ctx.now.toISOString())))[0] : undefined,
  );
  if (!found) throw new AppError('not-found', 'There is no gift with this code. Look at it again, sign by sign.');
  const { isOpen, isRedeemed, isMine, isOwned, ...gift } = found;
  const state = !isOpen ? 'revoked' : isMine ? 'yours' : isRedeemed ? 'taken' : isOwned ? 'owned' : 'open';
  return { ...gift, state };
}
