import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor, Context } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { fileUrl } from './stored-file.ts';

/** How long a link to a private file works: an evening with a long film, not a week. */
const linkSeconds = 6 * 3600;

/** A link to a private file that works for this actor only, for some hours. Whoever makes it has asked whether the actor may see the file. */
export function signedFileUrl(ctx: Context, key: string): string {
  return sealed(ctx, key, fileUrl(key));
}

/** An address whose seal lets this actor have a subject, for some hours. */
export function sealed(ctx: Context, subject: string, address: string): string {
  // Rounded up to the hour, so that a page shown again names the same address and the browser's copy serves.
  const until = Math.ceil((ctx.now.getTime() / 1000 + linkSeconds) / 3600) * 3600;
  return `${address}?until=${until}&seal=${sealOf(subject, until, ctx.actor)}`;
}

/** Whether a link's seal is ours, for this actor, and still good. */
export function isSealGood(ctx: Context, subject: string, link: { until: string | null; seal: string | null }): boolean {
  if (!link.seal || !/^\d{1,12}$/.test(link.until ?? '') || Number(link.until) * 1000 < ctx.now.getTime()) return false;
  const expected = Buffer.from(sealOf(subject, Number(link.until), ctx.actor));
  const given = Buffer.from(link.seal);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function sealOf(subject: string, until: number, actor: Actor): string {
  const viewer = actor.kind === 'person' ? actor.id : actor.kind;
  return createHmac('sha256', runtime().config.secret).update(['file link', subject, until, viewer].join('\n')).digest('base64url');
}
