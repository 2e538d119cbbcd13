import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    // A file leaves nothing behind in its worker, and the program need not be read anew for each.
    isolate: false,
    // On two cores: a journey waits for its browser and its school half of the time.
    maxWorkers: 3,
    // A page on a busy machine takes longer than the second that is usual here; what is true at once is seen at once all the same.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit and database',
          include: ['src/**/*.test.ts', 'tests/database/**/*.test.ts', 'bench/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          // No test measures by it: it ends what would never end.
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts', 'tests/operating/**/*.test.ts', 'tests/security/**/*.test.ts'],
          globalSetup: ['tests/support/journeys-setup.ts'],
          setupFiles: ['tests/support/journeys-worker.ts'],
          // No test measures by it either.
          testTimeout: 240_000,
          // The demo school takes half a minute to load, many times that where much else runs.
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
