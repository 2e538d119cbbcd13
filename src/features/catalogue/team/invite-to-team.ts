import { z } from 'zod';
import { addressOfPersonDangerouslyUnchecked, audit, personOfAddressDangerouslyUnchecked } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { teamInvitationMail } from '../emails/team-invitation.ts';
import { addressOf } from '../seo/school.ts';
import { holdLedCourse, refuseMoreThanWhole } from './led-course.ts';
import { roleWords, type TeamFields, teamFields } from './team-fields.ts';

const limit: RateLimit = { name: 'team-invite', attempts: 30, perSeconds: 3600 };
const address = z.email('Write a username or an e-mail address.');

const byUsername = statement<{ id: string; name: string }, [username: string]>(
  'select id, name from people where username = lower($1) and not is_closed',
);
const isInTeam = statement<{ id: string }, [courseId: string, userId: string]>(
  'select user_id as id from course_instructors where course_id = $1::uuid and user_id = $2::uuid',
);
const invite = statement<
  { id: string },
  [id: string, courseId: string, userId: string | null, email: string | null, role: string, share: number, by: string, moment: string]
>(
  `insert into course_invitations (id, course_id, user_id, email, role, revenue_share_basis_points, invited_by_id, created_at, updated_at)
   values ($1::uuid, $2::uuid, $3::uuid, $4, $5::course_instructor_role, $6, $7::uuid, $8::timestamptz, $8::timestamptz)
   on conflict do nothing returning id`,
);

/**
 * Asks somebody to teach a course with its owner, by their username or their address; they join when they say yes. An address is taken down whether anybody has it
 * or not, and the answer is the same: whether a mail goes out, a job finds out.
 */
export async function inviteToTeam(ctx: Context, { slug, whom, ...input }: { slug: string; whom: string } & TeamFields): Promise<void> {
  const { id: invitedBy } = requirePerson(ctx);
  await inTransaction(ctx, async (ctx) => {
    const course = await holdLedCourse(ctx, slug);
    const { role, shareBasisPoints } = parseInput(teamFields, input);
    await runtime().rateLimiter.attempt(limit, invitedBy);
    await refuseMoreThanWhole(ctx, course.id, { basisPoints: shareBasisPoints, of: null });
    const text = whom.trim().toLowerCase();
    const { userId, email } = text.includes('@')
      ? { userId: null, email: addressIn(text) }
      : { userId: await personOf(ctx, text), email: null };
    if (userId === course.instructorId) throw wrong('They own this course already.');
    if (userId && (await ctx.db.sql(isInTeam, course.id, userId)).length > 0) throw wrong('They are in the team already.');
    const [made] = await ctx.db.sql(invite, newId(), course.id, userId, email, role, shareBasisPoints, invitedBy, ctx.now.toISOString());
    if (!made) throw wrong('They have been asked already, and have not answered yet.');
    await audit(ctx, {
      action: 'catalogue.teamInvited',
      ...(userId ? { subjectType: 'user', subjectId: userId } : { subjectType: 'course', subjectId: course.id }),
      after: { course: course.title, role: roleWords[role] },
    });
    await enqueue(ctx, mailInvitationJob, { invitationId: made.id });
  });
}

function addressIn(text: string): string {
  return parseInput(z.object({ whom: address }), { whom: text }).whom;
}

async function personOf(ctx: Context, username: string): Promise<string> {
  const [person] = await ctx.db.sql(byUsername, username);
  if (!person) throw wrong('Nobody has this username. An e-mail address works too.');
  return person.id;
}

function wrong(message: string): AppError {
  return new AppError('invalid', message, { fields: { whom: message } });
}

interface Waiting {
  userId: string | null;
  email: string | null;
  role: keyof typeof roleWords;
  courseTitle: string;
  by: string;
}

const waiting = statement<Waiting, [invitationId: string]>(
  `select i.user_id as "userId", i.email, i.role, c.title as "courseTitle", u.name as by
     from course_invitations i join courses c on c.id = i.course_id join people u on u.id = i.invited_by_id where i.id = $1::uuid`,
);

/** Writes to who was invited, if anybody was. */
export const mailInvitationJob = defineJob({
  name: 'catalogue.mailTeamInvitation',
  schema: z.object({ invitationId: z.uuid() }),
  async handler(ctx, { invitationId }) {
    await inTransaction(ctx, async (ctx) => {
      const [found] = await ctx.db.sql(waiting, invitationId);
      if (!found) return;
      const person = found.userId
        ? await addressOfPersonDangerouslyUnchecked(ctx, { userId: found.userId })
        : await personOfAddressDangerouslyUnchecked(ctx, { email: found.email ?? '' });
      if (!person) return;
      await sendMail(ctx, teamInvitationMail, person.email, {
        name: person.name,
        by: found.by,
        role: roleWords[found.role],
        courseTitle: found.courseTitle,
        url: addressOf(`/studio/invitations/${invitationId}`),
      });
    });
  },
});
