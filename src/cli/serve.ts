import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { firstAdminPath } from '#features/accounts/index.server.ts';
import { uploadsPath } from '#features/media/index.server.ts';
import { loadConfig } from '#platform/config.server.ts';
import { OperatorError } from '#platform/errors.ts';
import { hearOfChanges } from '#platform/http/hear-of-changes.server.ts';
import { assertPortIsFree } from '#platform/http/port-holder.server.ts';
import { bodyLimits, listen, originHeaders } from '#platform/http/web-server.server.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { answerUploadRequest } from '../answer-upload.server.ts';
import { startJobs, startProcess } from '../process.server.ts';
import { demoLogins, hasDemoSchool, seedDemoSchool } from '../seed/demo-school.ts';
import { say } from './output.ts';
import { untilAskedToStop } from './signals.ts';

/** The pages whose forms carry a file. */
const roomyPlaces = ['/settings/profile', '/admin/users/import'];

/** `lyceum serve`: the school on the web, with its jobs unless JOBS=separate. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Serve the school, and run its jobs unless JOBS=separate')
    .option('--empty', 'on the embedded database: start without the demo school')
    .action(async (options: { empty?: boolean }) => serve(options));
}

async function serve(options: { empty?: boolean }): Promise<void> {
  const stopping = untilAskedToStop();
  const config = loadConfig();
  await assertPortIsFree(config.port, config.host);
  const lyceum = await startProcess({ say }, config);
  try {
    const demo = lyceum.database.embedded && !options.empty;
    if (demo && !(await hasDemoSchool())) await seedDemoSchool(say);
    const jobs = config.jobsInline ? await startJobs() : undefined;
    const hearing = hearOfChanges(lyceum.database.applicationUrl, lyceum.runtime);
    try {
      // Asked before the school says that it is ready: from then on a database that goes away is no reason to stop.
      const invitation = await firstAdminPath(systemContext());
      const streamed = { path: uploadsPath, answer: answerUploadRequest };
      const web = await listen(config, await loadPages(), { guestPages: runtime().guestPages, roomyPlaces, streamed });
      const address = config.originIsFixed ? config.origin : `http://localhost:${web.port}`;
      say(`Lyceum is ready at ${address}`);
      inviteFirstAdmin(address, invitation);
      if (demo) for (const { email, password } of demoLogins) say(`  ${email.padEnd(24)} ${password}`);
      await stopping;
      say('Stopping');
      await web.stop();
    } finally {
      await hearing.stop();
      await jobs?.stop();
    }
  } finally {
    await lyceum.close();
  }
}

/** A school that nobody runs yet says where its first visitor makes themselves its admin: on the terminal and in the log. */
function inviteFirstAdmin(address: string, path: string | null): void {
  if (!path) return;
  say(`  Make its first admin at ${address}${path}`);
  runtime().log.info(`The school has no admin yet. Make the first at ${address}${path}`);
}

/** The built pages. The adapter reads these variables when it is loaded; our server writes the headers they name. */
async function loadPages(): Promise<Parameters<typeof listen>[1]> {
  Object.assign(process.env, {
    SVELTEKIT_PROTOCOL_HEADER: originHeaders.protocol,
    SVELTEKIT_HOST_HEADER: originHeaders.host,
    SVELTEKIT_ADDRESS_HEADER: originHeaders.address,
    // The server is stricter for every place that takes no file.
    SVELTEKIT_BODY_SIZE_LIMIT: String(bodyLimits.roomy),
  });
  if (!existsSync('build/handler.js')) throw new OperatorError('The pages are not built. Run npm run build.');
  return (await import(pathToFileURL('build/handler.js').href)).handler;
}
