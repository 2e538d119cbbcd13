import { loadConfig } from '#platform/config.server.ts';
import { startRuntime, systemContext } from '#platform/runtime.server.ts';
import { runImportJob } from '../imports/run-import-job.ts';

/** A process that works off one import. It is there to be killed. */
const { settings, url, importId } = JSON.parse(process.argv[2] ?? '') as { settings: Record<string, string>; url: string; importId: string };
const runtime = startRuntime(loadConfig(settings), url);
await runImportJob.handler(systemContext(), { importId });
await runtime.close();
