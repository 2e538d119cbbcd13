/** Where a student stands with a course, in a word. */
export const studentStates = { learning: 'Learning', finished: 'Finished', ended: 'No access', suspended: 'Suspended' } as const;

export type StudentState = keyof typeof studentStates;

/** Whether an address asks for a state that there is. */
export function isStudentState(value: string | null | undefined): value is StudentState {
  return value !== null && value !== undefined && Object.hasOwn(studentStates, value);
}

/** A column over an enrollment `e`: the state, as of a moment. It says what `standingOf` says. */
export const stateColumn = (moment: string) => `
  case when e.status = 'SUSPENDED' then 'suspended'
       when e.status not in ('ACTIVE', 'COMPLETED') or not exists (
              select from access_grants g where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null
                 and g.starts_at <= ${moment}::timestamptz and (g.expires_at is null or g.expires_at > ${moment}::timestamptz)) then 'ended'
       when e.completed_at is not null then 'finished'
       else 'learning' end`;

/** A column over an enrollment `e`: the end of its access; null when it has none, or there is no access. */
export const endColumn = (moment: string) => `
  (select case when bool_and(g.expires_at is not null) then max(g.expires_at) end from access_grants g
    where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null
      and g.starts_at <= ${moment}::timestamptz and (g.expires_at is null or g.expires_at > ${moment}::timestamptz))`;
