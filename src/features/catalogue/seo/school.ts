import { runtime } from '#platform/runtime.server.ts';

/** The name that pages elsewhere show for the school. */
export const schoolName = 'Lyceum';

/** A page's one full address, from the school's own origin and never from what a request calls it. */
export function addressOf(path: string): string {
  return runtime().config.origin + path;
}
