import type { Person } from '#platform/context.ts';
import { databaseOver, openConnections } from '#platform/database/database.server.ts';
import { createLog } from '#platform/log.server.ts';
import { recordWatched } from '../progress/record-watched.ts';

/** A process that reports one second after the other, from several players at once, and prints each once it is acknowledged. It is there to be killed. */
const { url, person, lessonIds } = JSON.parse(process.argv[2] ?? '') as { url: string; person: Person; lessonIds: string[] };
const connections = openConnections({ url, poolSize: 4 });
const context = () => ({ db: databaseOver(connections), actor: person, now: new Date(), requestId: 'test', log: createLog('silent') });

async function play(lessonId: string): Promise<void> {
  for (let second = 0; second < 80_000; second += 1) {
    await recordWatched(context(), { lessonId, played: [[second, second + 1]], positionSeconds: second });
    process.stdout.write(`${lessonId} ${second}\n`);
  }
}

await Promise.all(lessonIds.map(play));
