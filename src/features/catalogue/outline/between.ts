/** A place in a row, named by its neighbors: whoever moves something says beside what, never where by number, so that what others did meanwhile stays. */
export interface Between {
  /** What it follows; null when it goes first, or nobody says. */
  afterId?: string | null;
  /** What it precedes; null when it goes last, or nobody says. */
  beforeId?: string | null;
}

/** The row with one of its members, or a new one, between these neighbors. Where they are apart by now it stays with the one it follows; where both are gone, it goes last, or first if that is where it was put. */
export function putBetween<Member extends string>(row: readonly Member[], member: Member, { afterId, beforeId }: Between): Member[] {
  const others = row.filter((other) => other !== member);
  const after = others.indexOf(afterId as Member);
  const before = others.indexOf(beforeId as Member);
  const place = after >= 0 ? after + 1 : before >= 0 ? before : afterId === null && beforeId !== null ? 0 : others.length;
  return others.toSpliced(place, 0, member);
}

/** The neighbors of a member: where it can be put back to. */
export function neighborsOf<Member extends string>(
  row: readonly Member[],
  member: Member,
): { afterId: Member | null; beforeId: Member | null } {
  const place = row.indexOf(member);
  return { afterId: row[place - 1] ?? null, beforeId: row[place + 1] ?? null };
}
