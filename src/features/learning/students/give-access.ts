import { z } from 'zod';
import { audit, personOfAddressDangerouslyUnchecked } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { sendMail } from '#platform/mail.server.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { momentInWords } from '#platform/time.ts';
import { accessGivenMail } from '../emails/access-given.ts';
import { openEnrollment } from '../enrollment/open-enrollment.ts';
import { requireGranting } from './taught-course.ts';

const fields = z.object({ email: z.email('Write an e-mail address.'), expiresAt: z.date().nullable() });

/** Letting somebody in says that their address is known here: enough for a class, too few to try a list of addresses. */
const limit: RateLimit = { name: 'give-access', attempts: 120, perSeconds: 3600 };

const give = statement<{ isNew: boolean }, [id: string, person: string, courseId: string, expiresAt: string | null, moment: string]>(
  `insert into access_grants (id, user_id, course_id, source, starts_at, expires_at, created_at, updated_at)
   values ($1, $2, $3, 'MANUAL', $5::timestamptz, $4::timestamptz, $5::timestamptz, $5::timestamptz)
   on conflict (user_id, course_id) where source = 'MANUAL' and revoked_at is null
     do update set expires_at = excluded.expires_at, updated_at = excluded.updated_at where access_grants.expires_at is distinct from excluded.expires_at
   returning created_at = updated_at as "isNew"`,
);

/** What came of it. `changed`: had access by hand before, which ends otherwise now. `already`: nothing changed. */
export type GivenAccess = { kind: 'given' | 'changed' | 'already'; name: string };

/** Lets an existing person into a course by hand, for good or until a moment, and tells them by mail. Pressed twice, it is one grant and one mail. */
export async function giveAccess(ctx: Context, input: { slug: string; email: string; expiresAt: Date | null }): Promise<GivenAccess> {
  const { name: by } = requirePerson(ctx);
  await requireGranting(ctx, input.slug);
  const { email, expiresAt } = parseInput(fields, { email: input.email.trim(), expiresAt: input.expiresAt });
  if (expiresAt && expiresAt <= ctx.now) {
    throw new AppError('invalid', 'This moment has passed.', { fields: { expiresAt: 'Choose a day that is still to come.' } });
  }
  await runtime().rateLimiter.attempt(limit, requirePerson(ctx).id);
  const person = await personOfAddressDangerouslyUnchecked(ctx, { email });
  if (!person) {
    throw new AppError('invalid', 'Nobody here has this address.', {
      fields: { email: 'Nobody here has this address. Ask them to make an account first, and let them in then.' },
    });
  }
  return inTransaction(ctx, async (ctx): Promise<GivenAccess> => {
    const course = await requireGranting(ctx, input.slug);
    const until = expiresAt?.toISOString() ?? null;
    const [given] = await ctx.db.sql(give, newId(), person.id, course.id, until, ctx.now.toISOString());
    const opened = await openEnrollment(ctx, { userId: person.id, courseId: course.id });
    if (opened === 'suspended')
      throw new AppError('conflict', 'The school has suspended this person from the course. Write to the school about it.');
    if (!given) return { kind: 'already', name: person.name };
    await audit(ctx, {
      action: given.isNew ? 'learning.accessGiven' : 'learning.accessMoved',
      subjectType: 'user',
      subjectId: person.id,
      after: { course: course.title, ...(until && { until }) },
    });
    if (!given.isNew) return { kind: 'changed', name: person.name };
    await sendMail(ctx, accessGivenMail, person.email, {
      name: person.name,
      by,
      courseTitle: course.title,
      until: expiresAt && momentInWords(expiresAt, person.timeZone),
      courseUrl: `${runtime().config.origin}/learn/${course.slug}`,
    });
    return { kind: 'given', name: person.name };
  });
}
