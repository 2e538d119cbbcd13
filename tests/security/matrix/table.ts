import type { Member } from './cast.ts';
import { accounts } from './table/accounts.ts';
import { admin } from './table/admin.ts';
import { classroom } from './table/classroom.ts';
import { settings } from './table/settings.ts';
import { shop } from './table/shop.ts';
import { studio } from './table/studio.ts';
import { visiting } from './table/visiting.ts';

/**
 * What each deed answers to whom. One letter a column:
 *
 *   o  is let through (a form is sent empty, and may be told what is missing)
 *   s  is led to the sign-in page
 *   >  is led on: the deed is done, or its place is elsewhere
 *   x  is refused, as forbidden or as absent (also what an empty form names and is not there)
 *
 *                                    guest
 *                                    | student, enrolled in the course
 *                                    | | other student
 *                                    | | | instructor of the course
 *                                    | | | | other instructor
 *                                    | | | | | assistant of the course
 *                                    | | | | | | admin
 */
export const table: Record<string, string> = Object.fromEntries(
  [visiting, accounts, settings, admin, studio, shop, classroom].flatMap(Object.entries<string>).sort(([a], [b]) => (a < b ? -1 : 1)),
);

export const columns: readonly Member[] = ['guest', 'student', 'otherStudent', 'instructor', 'otherInstructor', 'assistant', 'admin'];
