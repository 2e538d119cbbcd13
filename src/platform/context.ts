import type { Logger } from 'pino';
import type { Database } from './database/database.server.ts';
import { AppError } from './errors.ts';
import type { ApiKeyId, SessionId, UserId } from './ids.ts';

export type Role = 'STUDENT' | 'INSTRUCTOR' | 'ADMIN';

/** The signed-in browser that a request comes from. */
export interface CurrentSession {
  id: SessionId;
  /** When the person proved who they are. */
  startedAt: Date;
  /** The admin who acts as this person. */
  impersonator: { id: UserId; name: string } | null;
  /** How many things lay in the person’s cart when the request began. */
  inCart?: number;
  /** Whether they teach or help in somebody else’s course. */
  isInTeam?: boolean;
}

/** Someone signed in. */
export interface Person {
  kind: 'person';
  id: UserId;
  name: string;
  email: string;
  role: Role;
  username: string | null;
  /** Address of the picture. */
  imageUrl: string | null;
  timeZone: string;
  locale: string;
  /** Absent where no browser is: an API key, a seed, the command line. */
  session?: CurrentSession;
  /** The API key that the request bears, and what it may be used for. */
  apiKey?: { id: ApiKeyId; scopes: readonly string[] };
}

/** Who acts: a guest, a person, or the program itself (jobs, seeds, the command line). */
export type Actor = { kind: 'guest' } | Person | { kind: 'system' };

export const guest: Actor = { kind: 'guest' };
export const system: Actor = { kind: 'system' };

/** What every command and query gets first: nothing in it speaks of HTTP. */
export interface Context {
  db: Database;
  actor: Actor;
  /** The moment of the request; features never ask the clock. */
  now: Date;
  requestId: string;
  /** Network address of the machine that a request comes from; undefined where none does. */
  address?: string;
  log: Logger;
}

/** The signed-in person who acts, or the refusal that leads to the sign-in page. */
export function requirePerson(ctx: Context): Person {
  if (ctx.actor.kind !== 'person') throw new AppError('sign-in-required', 'Sign in to continue.');
  return ctx.actor;
}
