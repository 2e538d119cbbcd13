import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import { readEnvironment } from './src/platform/config.server.ts';
import { joinEmbeddedPostgres } from './src/platform/database/embedded.server.ts';

// Prisma's schema engine is a binary that its CLI wants to download. This shim speaks the engine's protocol and forwards
// to the WebAssembly build that npm installed, so that the CLI works behind a firewall too.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('scripts/prisma-schema-engine.js', import.meta.url));

const { DATABASE_URL, DATA_DIR = 'data' } = readEnvironment();

// The database of the settings, else the embedded one while a Lyceum runs on it. Formatting and generating need neither.
const url = DATABASE_URL || (await joinEmbeddedPostgres(DATA_DIR))?.ownerUrl;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
