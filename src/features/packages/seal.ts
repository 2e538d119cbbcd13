import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';

/** How long a package may be played before its page is loaded again: a long sitting, not a week. */
const sealSeconds = 6 * 3600;

/** What the address of a package in play says, and nobody but the school can write. */
export interface PlaySeal {
  lessonId: string;
  edition: number;
  /** Who plays; null for a guest who looks at a preview. */
  viewerId: string | null;
  /** Whether what they do is kept: not for who only looks, or acts as somebody else. */
  records: boolean;
}

/** The first part of every address of a lesson's package, good for this person and some hours. Whoever makes it has asked whether they may see the lesson. */
export function playSeal(ctx: Context, { lessonId, edition, viewerId, records }: PlaySeal): string {
  // Rounded up to the hour, so that a page shown again names the same address and the browser's copies serve.
  const until = Math.ceil((ctx.now.getTime() / 1000 + sealSeconds) / 3600) * 3600;
  const said = [lessonId, edition, viewerId ?? 'guest', records ? 'keep' : 'look', until].join('.');
  return `${said}.${macOf(said)}`;
}

/** What a seal says, or the refusal: one that is not ours, or no longer good. */
export function openSeal(ctx: Pick<Context, 'now'>, seal: string): PlaySeal {
  const end = seal.lastIndexOf('.');
  const said = seal.slice(0, Math.max(0, end));
  const given = Buffer.from(seal.slice(end + 1));
  const expected = Buffer.from(macOf(said));
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  const [lessonId, edition, viewer, mode, until] = said.split('.');
  if (!isOurs || lessonId === undefined || Number(until) * 1000 < ctx.now.getTime())
    throw new AppError('not-found', 'This address is no longer good. Load the lesson again.');
  return { lessonId, edition: Number(edition), viewerId: viewer === 'guest' ? null : viewer!, records: mode === 'keep' };
}

function macOf(said: string): string {
  return createHmac('sha256', runtime().config.secret).update(`package\n${said}`).digest('base64url');
}
