/**
 * How the school is started so that it holds little memory (docs/decisions/0034): flags for Node, and settings of the C library, which other systems do not read. Whoever
 * has said something of their own about either keeps it: of Node's memory then nothing is said here.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ flags: string[], environment: NodeJS.ProcessEnv }}
 */
export function lean(environment) {
  const isTuned = /--(max[-_]semi[-_]space|max[-_]old[-_]space|max[-_]heap)[-_]size/.test(environment.NODE_OPTIONS ?? '');
  return {
    flags: isTuned ? [] : ['--max-semi-space-size=8', '--heap-growing-percent=30'],
    environment: { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '262144', ...environment },
  };
}
