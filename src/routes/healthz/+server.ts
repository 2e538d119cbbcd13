import { text } from '@sveltejs/kit';

/** The process is alive. */
export const GET = () => text('ok\n');
