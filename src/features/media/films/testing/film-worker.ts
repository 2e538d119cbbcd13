import { loadConfig } from '#platform/config.server.ts';
import { type Job, startWorker } from '#platform/jobs.server.ts';
import { startRuntime } from '#platform/runtime.server.ts';
import { makeRenditionsJob } from '../make-renditions.ts';

// Works on films until it is killed.
const { url, settings } = JSON.parse(process.argv[2]!) as { url: string; settings: Record<string, string> };
const { systemConnections, log } = startRuntime(loadConfig(settings), url);
await startWorker({ connections: systemConnections, jobs: [makeRenditionsJob] as unknown as readonly Job<never>[], log });
