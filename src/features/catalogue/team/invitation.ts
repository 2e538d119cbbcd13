import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { roleWords } from './team-fields.ts';
import type { TeamRole } from './team-page.ts';

/** An invitation as the person who was invited reads it. */
export interface OwnInvitation {
  courseTitle: string;
  courseSlug: string;
  by: string;
  role: TeamRole;
  shareBasisPoints: number;
}

interface Row extends OwnInvitation {
  courseId: string;
}

// Row-level security shows an invitation to whom it is for; who sent it reads it on the team's page.
const invitationOf = statement<Row, [id: string, person: string]>(
  `select c.id as "courseId", c.title as "courseTitle", c.slug as "courseSlug", u.name as by, i.role, i.revenue_share_basis_points as "shareBasisPoints"
     from course_invitations i join courses c on c.id = i.course_id join people u on u.id = i.invited_by_id
    where i.id = $1::uuid and (i.user_id = $2::uuid or i.email = (select email from users where id = $2::uuid))`,
);
const accept = statement<{ accepted: boolean }, [id: string, moment: string]>(
  'select accept_course_invitation($1::uuid, $2::timestamptz) as accepted',
);
const decline = statement<unknown, [id: string]>('delete from course_invitations where id = $1::uuid');

/** The invitation of the acting person; one of somebody else is not there. */
export async function ownInvitation(ctx: Context, input: { id: string }): Promise<OwnInvitation> {
  const person = requirePerson(ctx);
  const [row] = isId(input.id) ? await asActor(ctx, (sql) => sql(invitationOf, input.id, person.id)) : [];
  if (!row) throw new AppError('not-found', 'This invitation is not there any more, or it is not yours.');
  const { courseId: _, ...invitation } = row;
  return invitation;
}

/** Answers an invitation with yes or no. Said yes, the acting person is in the team. */
export async function answerInvitation(ctx: Context, input: { id: string; accepts: boolean }): Promise<{ courseSlug: string }> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [row] = isId(input.id) ? await ctx.db.sql(invitationOf, input.id, person.id) : [];
    if (!row) throw new AppError('not-found', 'This invitation is not there any more, or it is not yours.');
    if (input.accepts) {
      await ctx.db.sql(accept, input.id, ctx.now.toISOString());
      const after = { course: row.courseTitle, role: roleWords[row.role] };
      await audit(ctx, { action: 'catalogue.teamJoined', subjectType: 'user', subjectId: person.id, after });
    } else await ctx.db.sql(decline, input.id);
    return { courseSlug: row.courseSlug };
  });
}
