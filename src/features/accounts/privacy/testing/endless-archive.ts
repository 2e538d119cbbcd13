import { Readable } from 'node:stream';
import { loadConfig } from '#platform/config.server.ts';
import { type PersonalFile, registerPersonalData } from '#platform/personal-data.server.ts';
import { startRuntime, systemContext } from '#platform/runtime.server.ts';
import { accountPersonalData } from '../../personal-data.ts';
import { makeArchiveJob } from '../make-archive.ts';

/** A process that writes an archive with a file without end in it, and says so once it is in the middle: to be killed there. */
const { url, dataDir, exportId } = JSON.parse(process.argv[2] ?? '{}') as { url: string; dataDir: string; exportId: string };

async function* endlessFiles(): AsyncGenerator<PersonalFile> {
  let chunks = 0;
  const open = () =>
    new Readable({
      read() {
        chunks += 1;
        if (chunks === 100) process.stdout.write('in the middle\n');
        setImmediate(() => this.push(Buffer.alloc(10_000, 'endless ')));
      },
    });
  yield { path: 'files/endless.txt', contentType: 'application/octet-stream', open };
}

registerPersonalData([accountPersonalData, { feature: 'endless', tables: [], files: endlessFiles }]);
startRuntime(loadConfig({ DATA_DIR: dataDir, SECRET: 'a secret for tests that has more than 32 characters', LOG_LEVEL: 'silent' }), url);
await makeArchiveJob.handler(systemContext(), { exportId });
