import { text } from '@sveltejs/kit';
import { isReady } from '#platform/health.server.ts';

/** The process can serve: the database answers and has every migration. */
export const GET = async () => ((await isReady()) ? text('ready\n') : text('not ready\n', { status: 503 }));
