import { createHash } from 'node:crypto';
import { personOf } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor, databaseOver } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { networkOf } from '#platform/http/network.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type DatedRow, datedRows } from './dated.ts';
import { iCalendar } from './i-calendar.ts';
import { idOf } from './token.ts';

/** A calendar file as it is now. */
export interface CalendarFeed {
  body: string;
  /** Says whether a program has this very file already. */
  tag: string;
}

// Some dozen programs of one person may ask every few minutes; whoever guesses addresses is stopped early.
const ofFeed: RateLimit = { name: 'calendar-feed', attempts: 240, perSeconds: 3600 };
const ofGuesser: RateLimit = { name: 'calendar-guess', attempts: 60, perSeconds: 3600 };

const ownerOf = statement<{ userId: string }, [id: string]>('select user_id as "userId" from calendar_feeds where id = $1::uuid');

const daysBack = 30;
const daysAhead = 400;
const mostEvents = 500;

const datesOf = statement<DatedRow, [person: string, moment: string]>(
  `select * from (${datedRows('$1', '$2', `$2::timestamptz - interval '${daysBack} days'`, `$2::timestamptz + interval '${daysAhead} days'`)}) d
    order by at, kind, id limit ${mostEvents}`,
);

/** The calendar that a token opens, read as the person it belongs to. It opens nothing else, and nothing once they may no longer get in. */
export async function calendarFeed(ctx: Context, input: { token: string }): Promise<CalendarFeed> {
  const { rateLimiter, systemConnections } = runtime();
  const id = idOf(input.token);
  const [feed] = id ? await databaseOver(systemConnections).sql(ownerOf, id) : [];
  const owner = feed ? await personOf(feed.userId, ctx.now) : undefined;
  if (owner?.kind !== 'person') {
    if (ctx.address) await rateLimiter.attempt(ofGuesser, networkOf(ctx.address));
    throw new AppError('not-found', 'There is no such calendar. Its owner may have given it another address.');
  }
  await rateLimiter.attempt(ofFeed, owner.id);
  const rows = await asActor({ ...ctx, actor: owner }, (sql) => sql(datesOf, owner.id, ctx.now.toISOString()));
  const body = iCalendar(rows);
  return { body, tag: createHash('sha256').update(body).digest('base64url').slice(0, 22) };
}
