import { APIError } from 'better-auth/api';
import { AppError } from '#platform/errors.ts';
import type { Entry } from './policy.ts';

/** better-auth's own word for why it refused; undefined for what is not a refusal of it. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof APIError ? String(error.body?.code ?? error.status) : undefined;
}

/** Why no session may begin for a person, when that is what was thrown. */
export function noEntryOf(error: unknown): Exclude<Entry, 'welcome'> | undefined {
  const code = refusalCode(error);
  return code === 'banned' || code === 'closed' || code === 'demo-only-here' ? code : undefined;
}

/** What someone with the right password or link is told when no session may begin for them; other errors stay what they are. */
export function explainNoEntry(error: unknown): unknown {
  switch (refusalCode(error)) {
    case 'banned':
      return new AppError('forbidden', 'This account is suspended. Write to the school if you think that is a mistake.');
    case 'demo-only-here':
      return new AppError('forbidden', 'The demo logins work only while the school listens on this machine alone.');
    case 'closed':
      return new AppError('forbidden', 'This account is closed.');
    default:
      return error;
  }
}
