import { z } from 'zod';
import { statement } from './database/statement.ts';
import { defineJob } from './jobs.server.ts';
import { registeredMails } from './mail.server.ts';

/** How long words that open an account stay readable where no mail server has taken them. */
const mailWordsDays = 7;

const blankOld = statement<unknown, [before: string, plainKinds: string[]]>(
  `update email_messages set text = '', html = '', updated_at = now(),
          state = case when state = 'QUEUED' then 'FAILED' else state end,
          error = case when state = 'QUEUED' then coalesce(error, 'It waited too long.') else error end
    where created_at <= $1::timestamptz and (text <> '' or html <> '') and kind <> all ($2)`,
);

const forgetDead = statement<unknown, [before: string]>(
  `delete from graphile_worker._private_jobs
    where task_id in (select id from graphile_worker._private_tasks where identifier = 'platform.sendMail')
      and attempts >= max_attempts and locked_at is null and updated_at <= $1::timestamptz`,
);

/** Blanks what opens accounts, once a night: old words in the log of mails, and the payloads of mails that could not even be written. */
export const sweepMailsJob = defineJob({
  name: 'platform.sweepMails',
  schema: z.object({}),
  schedule: '50 3 * * *',
  async handler(ctx) {
    const before = new Date(ctx.now.getTime() - mailWordsDays * 86_400_000).toISOString();
    const plainKinds = registeredMails().flatMap((mail) => (mail.secret === false ? [mail.kind] : []));
    await ctx.db.sql(blankOld, before, plainKinds);
    await ctx.db.sql(forgetDead, before);
  },
});
