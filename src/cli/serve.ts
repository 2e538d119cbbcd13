import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { loadConfig } from '#platform/config.server.ts';
import { OperatorError } from '#platform/errors.ts';
import { assertPortIsFree } from '#platform/http/port-holder.server.ts';
import { listen, originHeaders } from '#platform/http/web-server.server.ts';
import { startJobs, startProcess } from '../process.server.ts';
import { demoLogins, hasDemoSchool, seedDemoSchool } from '../seed/demo-school.ts';
import { say } from './output.ts';
import { untilAskedToStop } from './signals.ts';

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
    const web = await listen(config, await loadPages());
    say(`Lyceum is ready at ${config.originIsFixed ? config.origin : `http://localhost:${web.port}`}`);
    if (demo) for (const { email, password } of demoLogins) say(`  ${email.padEnd(24)} ${password}`);
    await stopping;
    say('Stopping');
    await web.stop();
    await jobs?.stop();
  } finally {
    await lyceum.close();
  }
}

/** The built pages. The adapter reads these variables when it is loaded; our server writes the headers they name. */
async function loadPages(): Promise<Parameters<typeof listen>[1]> {
  Object.assign(process.env, {
    SVELTEKIT_PROTOCOL_HEADER: originHeaders.protocol,
    SVELTEKIT_HOST_HEADER: originHeaders.host,
    SVELTEKIT_ADDRESS_HEADER: originHeaders.address,
    SVELTEKIT_BODY_SIZE_LIMIT: '512K',
  });
  if (!existsSync('build/handler.js')) throw new OperatorError('The pages are not built. Run npm run build.');
  return (await import(pathToFileURL('build/handler.js').href)).handler;
}
