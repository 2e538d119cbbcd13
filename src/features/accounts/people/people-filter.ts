import { z } from 'zod';
import type { Role } from '#platform/context.ts';

export type PersonState = 'unconfirmed' | 'suspended' | 'closed';

/** What an admin looks for among the people; what means nothing is left out, as an address may be old. */
export interface PeopleFilter {
  search: string;
  role: Role | null;
  state: PersonState | null;
}

const roles = z.enum(['STUDENT', 'INSTRUCTOR', 'ADMIN']);
const states = z.enum(['unconfirmed', 'suspended', 'closed']);

/** The filter that an address asks for. */
export function peopleFilter(wish: { search?: string | null; role?: string | null; state?: string | null }): PeopleFilter {
  return {
    search: (wish.search ?? '')
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 100),
    role: roles.safeParse(wish.role?.toUpperCase()).data ?? null,
    state: states.safeParse(wish.state).data ?? null,
  };
}

/** A `where` over `users u`, with its values. Each part names what one index answers, so that a filter costs what it finds. */
export interface Conditions {
  sql: string;
  values: string[];
}

const stateConditions: Record<PersonState, (now: string) => string> = {
  unconfirmed: () => 'not u.email_verified and u.deleted_at is null',
  suspended: (now) => `u.banned and u.deleted_at is null and (u.ban_expires is null or u.ban_expires > ${now}::timestamptz)`,
  closed: () => 'u.deleted_at is not null',
};

/** The most words of a search that are looked for. */
const maxWords = 6;

/** What a person must be like to be found. */
export function conditionsOf({ search, role, state }: PeopleFilter, now: Date): Conditions {
  const values: string[] = [];
  const value = (text: string) => `$${values.push(text)}`;
  const parts = search
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, maxWords)
    .map((word) => `person_search_text(u.name, u.email, u.username) like search_text(${value(patternOf(word))})`);
  // A role is one of three words that stand in this file, and so it may stand in the text, where the planner sees its index.
  if (role) parts.push(`u.role = '${role}'`);
  if (state) parts.push(stateConditions[state](state === 'suspended' ? value(now.toISOString()) : ''));
  return { sql: parts.length > 0 ? parts.join(' and ') : 'true', values };
}

/** Three letters and more are looked for anywhere; fewer, as one begins to type, at the beginning of a word, which the index also knows. */
function patternOf(word: string): string {
  const literal = word.replaceAll(/[\\%_]/g, '\\$&');
  return [...word].length < 3 ? `% ${literal}%` : `%${literal}%`;
}
