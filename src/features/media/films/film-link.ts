import type { Context } from '#platform/context.ts';
import { isSealGood, sealed } from '../files/signed-link.ts';

/** One seal opens all sizes of a film: its lists name each other with the seal that they were asked with. */
const subjectOf = (fileId: string) => `film ${fileId}`;

/** The address of something of a film, for this actor and some hours. Whoever makes it has asked whether the actor may see the film. */
export function filmUrl(ctx: Context, fileId: string, part: string): string {
  return sealed(ctx, subjectOf(fileId), `/films/${fileId}/${part}`);
}

/** Whether somebody was shown the film who asks for a part of it. */
export function mayHaveFilm(ctx: Context, fileId: string, link: { until: string | null; seal: string | null }): boolean {
  return isSealGood(ctx, subjectOf(fileId), link);
}
