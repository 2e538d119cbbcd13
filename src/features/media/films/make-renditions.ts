import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { UserId } from '#platform/ids.ts';
import { defineJob, enqueue, type JobRun } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { discardFiles, recordFiles } from '../files/file-rows.ts';
import { prepareImage } from '../pictures/prepare-image.ts';
import { encoderOf, pictureFrom } from './encode.ts';
import { FilmUnreadable, findFfmpeg } from './ffmpeg.ts';
import { ladderPlan, workShares } from './ladder-plan.ts';
import { advanceLadder, filmFile, givePosters, sayLadder } from './ladder-rows.ts';
import { makeRung, type Work } from './make-rung.ts';
import { storedFilmFacts } from './stored-film-facts.ts';

/**
 * Makes a film's poster and its ladder, one size after the other. A size is written down when it is whole, so that whoever is killed goes on with the next;
 * where there is no ffmpeg it says so and ends.
 */
export const makeRenditionsJob = defineJob({
  name: 'media.makeRenditions',
  schema: z.object({ fileId: z.uuid() }),
  // One film at a time: mails and the rest have the other hands.
  queue: 'media.films',
  maxAttempts: 20,
  handler: makeRenditions,
});

/** A job that has run for hours is taken for dead by the queue. No size is begun after this long; the next run makes it. */
const longestRunMs = 3600 * 1000;

async function makeRenditions(ctx: Context, { fileId }: { fileId: string }, run?: JobRun): Promise<void> {
  const film = await filmFile(ctx, fileId);
  if (!film || (film.state === 'DONE' && !film.lacksPoster)) return;
  const tool = await findFfmpeg();
  const encoder = tool && (await encoderOf(tool));
  if (!tool || !encoder) return sayLadder(ctx, fileId, 'NO_TOOLS');
  const facts = await storedFilmFacts(film);
  if (!facts?.width || !facts.height) return sayLadder(ctx, fileId, 'FAILED', 'The file does not say how large its picture is.');
  const { width, height, durationSeconds } = facts;
  // Whoever watches meanwhile keeps the sizes that are there.
  const wasDone = film.state === 'DONE';
  if (!wasDone) await sayLadder(ctx, fileId, 'WORKING');
  try {
    const isWhole = await runtime().storage.withLocalCopy(film.key, async (path) => {
      const source = { path, contentType: film.contentType, durationSeconds, width, height };
      const work: Work = { film, source, tool, encoder, signal: run?.signal };
      if (film.lacksPoster) await makePoster(ctx, work);
      return makeLadder(ctx, work);
    });
    if (isWhole) await sayLadder(ctx, fileId, 'DONE');
    else await enqueue(ctx, makeRenditionsJob, { fileId });
  } catch (error) {
    const isUnreadable = error instanceof FilmUnreadable;
    if (isUnreadable) ctx.log.warn({ fileId, reason: error.message }, 'A film could not be worked through');
    if (!wasDone && (isUnreadable || run?.isLast)) await sayLadder(ctx, fileId, 'FAILED', problemOf(isUnreadable));
    if (!isUnreadable) throw error;
  }
}

function problemOf(isUnreadable: boolean): string {
  return isUnreadable
    ? 'The film could not be read to its end. It may be damaged, or of a kind that ffmpeg does not know.'
    : 'The work broke off too often. Whoever runs the school finds the reason in its log.';
}

async function makePoster(ctx: Context, { film, source, tool, signal }: Work): Promise<void> {
  const bytes = await pictureFrom(tool, source, signal);
  // A film that is shorter than its header says has no picture there.
  if (bytes.length === 0) return;
  const ownerId = film.ownerId as UserId | null;
  const poster = await prepareImage(ctx, { bytes, name: `${film.name.replace(/\.\w+$/, '')}.png`, ownerId });
  const given = await inTransaction(ctx, async (ctx) => {
    const ids = await recordFiles(ctx, [poster]);
    return givePosters(ctx, film.id, ids.get(poster.key)!);
  });
  if (given === 0) await discardFiles(ctx, [poster]);
}

/** Makes the sizes that are missing; false when the rest is for another run. */
async function makeLadder(ctx: Context, work: Work): Promise<boolean> {
  const { film, source } = work;
  const started = performance.now();
  const plan = ladderPlan(source);
  const shares = workShares(plan);
  let done = 0;
  for (const [index, rung] of plan.entries()) {
    const share = shares[index]!;
    const before = done;
    done += share;
    if (film.heights.includes(rung.height)) continue;
    if (performance.now() - started > longestRunMs) return false;
    const advance = progressTo(ctx, film.id);
    await makeRung(ctx, work, rung, (second) => advance(100 * (before + share * Math.min(1, second / source.durationSeconds))));
    await advance.settled();
  }
  return true;
}

/** Writes progress down as it comes, a write at a time and no more than one a second; `settled` waits for the last. */
function progressTo(ctx: Context, fileId: string) {
  let writing: Promise<void> | undefined;
  let lastMs = 0;
  const advance = (percent: number) => {
    if (writing || performance.now() - lastMs < 1000) return;
    lastMs = performance.now();
    writing = advanceLadder(ctx, fileId, Math.min(99, Math.floor(percent)))
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'How far a film is could not be written down'))
      .finally(() => {
        writing = undefined;
      });
  };
  return Object.assign(advance, { settled: async () => writing });
}
