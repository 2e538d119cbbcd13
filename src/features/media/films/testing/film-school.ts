import { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import type { Context, Person } from '#platform/context.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../../tests/support/courses.ts';
import { testSchool } from '../../../../../tests/support/test-school.ts';
import { filmPanelDangerouslyUnchecked, prepareFile, recordFiles } from '../../index.server.ts';
import { filmWork } from '../film-work.ts';
import { makeRenditionsJob } from '../make-renditions.ts';

type VideoId = Parameters<typeof filmPanelDangerouslyUnchecked>[1]['videoId'];

/** Declares a school for the tests of one file, in which somebody who teaches uploads films. */
export function filmSchool() {
  const school = testSchool();
  let owner: Person;
  let ctx: Context;
  beforeAll(async () => {
    owner = await aPerson(school.database, 'INSTRUCTOR');
    ctx = school.database.context(owner);
  });
  afterAll(() => runtime().storage.deleteAll(''));

  return {
    school,
    get owner() {
      return owner;
    },
    get ctx() {
      return ctx;
    },
    /** A file of hers as an upload leaves it. */
    async uploaded(bytes: Uint8Array, name = 'film.mp4'): Promise<string> {
      const file = await prepareFile(ctx, {
        content: Readable.from([bytes]),
        name,
        ownerId: owner.id,
        visibility: 'PRIVATE',
        largestBytes: 1e9,
      });
      return (await recordFiles(ctx, [file])).get(file.key)!;
    },
    work: (fileId: string) => makeRenditionsJob.handler(systemContext(), { fileId }),
    panelWork: (fileId: string) => filmWork(ctx, fileId),
    panel: (videoId: VideoId) => filmPanelDangerouslyUnchecked(ctx, { videoId }),
  };
}
