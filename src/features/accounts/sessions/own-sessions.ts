import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { SessionId } from '#platform/ids.ts';
import { isTimeZone } from '#platform/time.ts';
import { type Device, deviceOf } from './device-of.ts';
import { placeOf } from './place-of.ts';

/** A browser in which the acting person is signed in. Its token stays where it is. */
export interface OwnSession {
  id: SessionId;
  device: Device;
  place: string;
  /** Whether it is the browser that asks. */
  isThis: boolean;
  /** Whether an admin of the school acts in it as the person. */
  isHelper: boolean;
  /** Days of the person's own calendar, in words. */
  since: string;
  lastUsed: string;
}

interface Row {
  id: SessionId;
  ipAddress: string | null;
  userAgent: string | null;
  isHelper: boolean;
  startedAt: Date;
  usedAt: Date;
}

const sessionsOf = statement<Row, [userId: string, now: string]>(
  `select id, ip_address as "ipAddress", user_agent as "userAgent", impersonated_by is not null as "isHelper", created_at as "startedAt",
          updated_at as "usedAt"
     from sessions where user_id = $1::uuid and expires_at > $2::timestamptz order by updated_at desc, id desc`,
);

/** The browsers in which the acting person is signed in: this one first, then those used last. */
export async function ownSessions(ctx: Context): Promise<OwnSession[]> {
  const person = requirePerson(ctx);
  const rows = await asActor(ctx, (sql) => sql(sessionsOf, person.id, ctx.now.toISOString()));
  const dayOf = dayInWords(ctx.now, isTimeZone(person.timeZone) ? person.timeZone : 'UTC');
  return rows
    .map((row) => {
      const isThis = row.id === person.session?.id;
      // Of an admin's machine its owner's person need not know.
      const place = row.isHelper ? 'At the school' : placeOf(row.ipAddress);
      const lastUsed = dayOf(isThis ? ctx.now : row.usedAt);
      return { id: row.id, device: deviceOf(row.userAgent), place, isThis, isHelper: row.isHelper, since: dayOf(row.startedAt), lastUsed };
    })
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
}

/** Tells of a moment by its day: "today", "yesterday", "on May 4, 2026". */
function dayInWords(now: Date, timeZone: string): (moment: Date) => string {
  const calendar = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone });
  const today = calendar.format(now);
  const yesterday = calendar.format(new Date(now.getTime() - 86_400_000));
  return (moment) => {
    const day = calendar.format(moment);
    if (day === today) return 'today';
    return day === yesterday ? 'yesterday' : `on ${day}`;
  };
}
