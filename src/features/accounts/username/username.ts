import { z } from 'zod';

/** What a form says about a username before anything is typed. */
const usernameHint = '3 to 30 letters, digits, hyphens and underscores.';

/** Names that would speak for the school, or that its addresses may need. */
const reserved = new Set(
  `about abuse academy account accounts admin administrator admins all anonymous api app apps assistant auth billing blog bot careers cart
  catalog catalogue checkout community contact contributor contributors course courses dashboard demo developer docs editor email everybody
  everyone faq feed feedback files finance guest guests healthz help helpdesk here home hostmaster info instructor instructors invite
  invitation jobs join learn legal login logout lyceum mail mailer me members message messages metrics moderator moderators news nobody
  noreply no-reply notifications null oauth official operator orders owner password payments people postmaster press pricing privacy profile
  profiles readyz refunds reset root sales school search security self service settings shop sign-in sign-out sign-up signin signout signup
  site sitemap staff status store student students studio superuser support sysadmin system teacher teachers team terms test theme trust
  undefined unknown upload uploads user username users verify watch webhook webhooks webmaster welcome wishlist www you`.split(/\s+/),
);

/** What is wrong with a username in words for the person who chose it, or undefined. */
export function usernameProblem(username: string): string | undefined {
  if (username.length < 3 || username.length > 30 || !/^[a-z0-9_-]*$/i.test(username)) return `Use ${usernameHint}`;
  if (!/[a-z]/i.test(username)) return 'Use at least one letter.';
  if (/^[-_]|[-_]$/.test(username)) return 'Begin and end with a letter or a digit.';
  const plain = username.toLowerCase();
  // A reserved name with signs in or around it reads like the name itself.
  if (reserved.has(plain) || reserved.has(plain.replace(/[-_]/g, '')) || plain.startsWith('lyceum'))
    return 'This name is kept for the school. Choose another.';
  return undefined;
}

/** A username that someone chooses, as they spell it; empty for none. */
export const usernameField = z
  .string()
  .trim()
  .superRefine((username, check) => {
    const problem = username === '' ? undefined : usernameProblem(username);
    if (problem) check.addIssue({ code: 'custom', message: problem });
  });
