import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { tokenOf } from './token.ts';

/** The address under which calendar programs read somebody's dates, if there is one. */
export interface OwnCalendar {
  address: string;
  /** The same, as a link that a calendar program opens. */
  webcal: string;
  madeOn: LocalDate;
}

const feedOf = statement<{ id: string; createdAt: Date }, [userId: string]>(
  'select id, created_at as "createdAt" from calendar_feeds where user_id = $1::uuid',
);

/** The acting person's calendar address. An admin who acts as somebody does not see it: it would go on working. */
export async function ownCalendar(ctx: Context): Promise<OwnCalendar | null> {
  const { id: userId, timeZone, session } = requirePerson(ctx);
  if (session?.impersonator) return null;
  const [feed] = await asActor(ctx, (sql) => sql(feedOf, userId));
  if (!feed) return null;
  const address = `${runtime().config.origin}/calendar/${tokenOf(feed.id)}.ics`;
  return { address, webcal: address.replace(/^https?:/, 'webcal:'), madeOn: localDate(feed.createdAt, timeZone) };
}
