import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { applyMigrations } from '#platform/database/migrate.server.ts';
import { messageOf } from '#platform/errors.ts';
import { openSchemaEngine } from './schema-engine.js';

// Makes a migration, or tells whether one is missing: applies all migrations to a scratch database and compares it with
// prisma/schema. (Prisma's own `migrate dev` needs a shadow database, which its WebAssembly engine cannot open.)

const usage = `Usage: node scripts/migration.ts new <name>   write what the schema has and the migrations lack to prisma/migrations
       node scripts/migration.ts drift        fail when they differ`;

const schemaFolder = 'prisma/schema';
const nothing = '-- This is an empty migration.';

/** The SQL that would bring the database to prisma/schema; empty when nothing is missing. */
export async function missingSql(databaseUrl: string): Promise<string> {
  const files = readdirSync(schemaFolder).map((name) => ({
    path: join(schemaFolder, name),
    content: readFileSync(join(schemaFolder, name), 'utf8'),
  }));
  const { engine, close } = await openSchemaEngine(databaseUrl);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout?.trim() ?? '';
    return sql === nothing ? '' : sql;
  } finally {
    await close();
  }
}

/** Compares a scratch database that has every migration. */
async function missingFromMigrations(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lyceum-migration-'));
  // The server may run as another account, which must be able to enter.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, dangerouslyWithoutDurability: true });
  try {
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    await applyMigrations(owner);
    await owner.end();
    return await missingSql(server.ownerUrl);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function write(name: string, sql: string): string {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder);
  writeFileSync(`${folder}/migration.sql`, `${sql}\n`);
  return folder;
}

async function main([command, name = '']: string[]): Promise<void> {
  if (command === 'drift') {
    const sql = await missingFromMigrations();
    process.stdout.write(sql ? `The migrations lack:\n${sql}\n` : 'The migrations make the schema.\n');
    process.exitCode = sql ? 1 : 0;
  } else if (command === 'new' && /^[a-z0-9_]+$/.test(name)) {
    const folder = write(name, await missingFromMigrations());
    process.stdout.write(
      `${folder}/migration.sql written. Complete it by hand with what Prisma cannot say: checks, policies, deferrable positions.\n`,
    );
  } else {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  });
}
