import type { Actor } from '#platform/context.ts';

/** What a form says about a new password before anything is typed; `password.ts` decides. */
export const passwordHint = '12 characters or more. A few unrelated words make a good password.';

/** What decides whether someone may be signed in at all. */
export interface Standing {
  email: string;
  banned: boolean;
  banExpires: Date | null;
  deletedAt: Date | null;
}

export type Entry = 'welcome' | 'banned' | 'closed' | 'demo-only-here';

/** Whether the address belongs to the demo school, whose passwords everybody knows. */
export function isDemoAddress(email: string): boolean {
  return /@demo\.school$/i.test(email);
}

/** Whether a person with this standing may be signed in now. `reachableFromOutside`: whether others than this machine reach the school. */
export function entryOf(person: Standing, now: Date, reachableFromOutside: boolean): Entry {
  if (person.deletedAt) return 'closed';
  if (person.banned && (!person.banExpires || person.banExpires > now)) return 'banned';
  if (isDemoAddress(person.email) && reachableFromOutside) return 'demo-only-here';
  return 'welcome';
}

/** Whether the actor may make people, change their role or set their password. */
export function mayManagePeople(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'ADMIN');
}

/** Whether the actor sees the administration at all; each of its pages asks its own feature again. */
export function mayAdminister(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}
