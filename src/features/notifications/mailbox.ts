import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayReadMailbox } from './policy.ts';

/** `KEPT`: no mail server was there to take it, so that it stays in the mailbox. */
type MailState = 'QUEUED' | 'SENT' | 'KEPT' | 'FAILED';

/** The state of a row, as a column. */
export const stateColumn = "case when state = 'SENT' and attempts = 0 then 'KEPT' else state::text end as state";

export interface MailLine {
  id: string;
  to: string;
  subject: string;
  state: MailState;
  createdAt: Date;
}

/** One page of the school's mails, newest first. `older` is where the next page begins. */
export interface Mailbox {
  mails: MailLine[];
  older: string | null;
}

const pageSize = 25;
const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time.
const mailsBefore = statement<MailLine, [before: string, limit: number]>(
  `select id, recipient as "to", subject, ${stateColumn}, created_at as "createdAt" from email_messages where id < $1::uuid order by id desc limit $2`,
);

/** The mails that the school has sent or tried to send: without a mail server, the mailbox itself. */
export async function mailbox(ctx: Context, input: { before?: string | null }): Promise<Mailbox> {
  if (!mayReadMailbox(ctx.actor)) throw new AppError('forbidden', 'Only admins read the school’s mail.');
  const before = input.before && isId(input.before) ? input.before : afterAll;
  const rows = await asActor(ctx, (sql) => sql(mailsBefore, before, pageSize + 1));
  const mails = rows.slice(0, pageSize);
  return { mails, older: rows.length > pageSize ? (mails.at(-1)?.id ?? null) : null };
}
