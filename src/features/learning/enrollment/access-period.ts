const grantsOf = (person: string) =>
  `from access_grants g where g.user_id = ${person}::uuid and g.course_id = c.id and g.revoked_at is null`;

/** A column of a query over courses `c`: when the access that a person has at a moment ends; null while a grant has no end, and when none lives. */
export const accessUntil = (person: string, moment: string) => `
  (select case when bool_and(g.expires_at is not null) then max(g.expires_at) end ${grantsOf(person)}
      and g.starts_at <= ${moment}::timestamptz and (g.expires_at is null or g.expires_at > ${moment}::timestamptz))`;

/** The same of access that is over by the clock: when it ended. */
export const accessEnded = (person: string, moment: string) =>
  `(select max(g.expires_at) ${grantsOf(person)} and g.expires_at <= ${moment}::timestamptz)`;
