import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdLedCourse, refuseMoreThanWhole } from './led-course.ts';
import { roleWords, type TeamFields, teamFields } from './team-fields.ts';

const change = statement<{ id: string }, [courseId: string, userId: string, role: string, share: number, moment: string]>(
  `update course_instructors set role = $3::course_instructor_role, revenue_share_basis_points = $4, updated_at = $5::timestamptz
    where course_id = $1::uuid and user_id = $2::uuid returning user_id as id`,
);
const remove = statement<{ id: string }, [courseId: string, userId: string]>(
  'delete from course_instructors where course_id = $1::uuid and user_id = $2::uuid returning user_id as id',
);
const withdraw = statement<unknown, [courseId: string, invitationId: string]>(
  'delete from course_invitations where course_id = $1::uuid and id = $2::uuid',
);
const leave = statement<{ title: string }, [slug: string, userId: string]>(
  `delete from course_instructors i using courses c where c.id = i.course_id and c.slug = $1 and i.user_id = $2::uuid returning c.title`,
);

function absent(): AppError {
  return new AppError('not-found', 'They are not in the team any more.');
}

/** Gives a member of the team another role or share. */
export async function changeMember(ctx: Context, { slug, userId, ...input }: { slug: string; userId: string } & TeamFields): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdLedCourse(ctx, slug);
    const { role, shareBasisPoints } = parseInput(teamFields, input);
    if (!isId(userId)) throw absent();
    await refuseMoreThanWhole(ctx, course.id, { basisPoints: shareBasisPoints, of: userId });
    const [changed] = await ctx.db.sql(change, course.id, userId, role, shareBasisPoints, ctx.now.toISOString());
    if (!changed) throw absent();
    const after = { course: course.title, role: roleWords[role], share: `${shareBasisPoints / 100} %` };
    await audit(ctx, { action: 'catalogue.teamChanged', subjectType: 'user', subjectId: userId, after });
  });
}

/** Takes somebody out of the team. Done twice, it is done. */
export async function removeMember(ctx: Context, input: { slug: string; userId: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdLedCourse(ctx, input.slug);
    const [removed] = isId(input.userId) ? await ctx.db.sql(remove, course.id, input.userId) : [];
    if (removed)
      await audit(ctx, { action: 'catalogue.teamLeft', subjectType: 'user', subjectId: removed.id, after: { course: course.title } });
  });
}

/** Takes an invitation back that has not been answered. */
export async function withdrawInvitation(ctx: Context, input: { slug: string; invitationId: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdLedCourse(ctx, input.slug);
    if (isId(input.invitationId)) await ctx.db.sql(withdraw, course.id, input.invitationId);
  });
}

/** The acting person leaves the team of a course. */
export async function leaveTeam(ctx: Context, input: { slug: string }): Promise<void> {
  const person = requirePerson(ctx);
  await inTransaction(ctx, async (ctx) => {
    const [left] = await ctx.db.sql(leave, input.slug, person.id);
    if (!left) throw new AppError('not-found', 'There is no such course among yours.');
    await audit(ctx, { action: 'catalogue.teamLeft', subjectType: 'user', subjectId: person.id, after: { course: left.title } });
  });
}
