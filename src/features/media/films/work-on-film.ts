import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { makeRenditionsJob } from './make-renditions.ts';

/** Lets the school make of a film's file what it can: its poster, and its sizes. What is there already stays. */
export async function workOnFilm(ctx: Context, fileId: string): Promise<void> {
  await enqueue(ctx, makeRenditionsJob, { fileId }, { key: `film ${fileId}` });
}
