import type { Context } from '#platform/context.ts';
import { requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseTeam, mayHelpStudents, mayLeadCourse } from '../policy.ts';
import { teamColumns } from './team-columns.ts';

/** Who teaches a course, as its page in the studio shows them. */
export interface TeamPage {
  owner: TeamFace;
  members: TeamMember[];
  /** Of those who have not answered; for who leads the course alone. */
  invitations: TeamInvitation[];
  mayLead: boolean;
  /** The viewer is one of the members, and may leave. */
  isMember: boolean;
}

interface TeamFace {
  id: string;
  name: string;
  username: string | null;
  imageUrl: string | null;
}

export interface TeamMember extends TeamFace {
  role: TeamRole;
  shareBasisPoints: number;
  /** The course may be handed over to them. */
  mayOwn: boolean;
}

export interface TeamInvitation {
  id: string;
  /** The person's name, or the address that was typed, whether anybody has it or not. */
  whom: string;
  role: TeamRole;
  shareBasisPoints: number;
}

export type TeamRole = 'CO_INSTRUCTOR' | 'ASSISTANT';

interface Row extends CourseTeam {
  owner: TeamFace;
  members: TeamMember[];
}

const face = `'id', u.id, 'name', u.name, 'username', u.username, 'imageUrl', u.image`;

const teamOf = statement<Row, [slug: string]>(`
  select ${teamColumns}, (select json_build_object(${face}) from people u where u.id = c.instructor_id) as owner,
         coalesce((select json_agg(json_build_object(${face}, 'role', i.role, 'shareBasisPoints', i.revenue_share_basis_points,
                            'mayOwn', i.role = 'CO_INSTRUCTOR' and u.role <> 'STUDENT' and not u.is_closed) order by i.role, u.name, u.id)
                     from course_instructors i join people u on u.id = i.user_id where i.course_id = c.id), '[]') as members
    from courses c where c.slug = $1`);

const invitationsOf = statement<TeamInvitation, [slug: string]>(`
  select i.id, coalesce(u.name, i.email) as whom, i.role, i.revenue_share_basis_points as "shareBasisPoints"
    from course_invitations i left join people u on u.id = i.user_id
   where i.course_id = (select id from courses where slug = $1) order by i.created_at, i.id`);

/** Who teaches a course, for those who do. Two queries. */
export async function teamPage(ctx: Context, input: { slug: string }): Promise<TeamPage> {
  const person = requirePerson(ctx);
  const [[row], invitations] = await asActor(ctx, (sql) => Promise.all([sql(teamOf, input.slug), sql(invitationsOf, input.slug)]));
  if (!row || !mayHelpStudents(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  const mayLead = mayLeadCourse(ctx.actor, row);
  const isMember = row.members.some(({ id }) => id === person.id);
  return { owner: row.owner, members: row.members, invitations: mayLead ? invitations : [], mayLead, isMember };
}
