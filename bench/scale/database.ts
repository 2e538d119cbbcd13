import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '#platform/config.server.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { prepareDatabase } from '#platform/database/prepare.server.ts';
import { OperatorError } from '#platform/errors.ts';
import { runtime, startRuntime } from '#platform/runtime.server.ts';
import type { Size } from './sizes.ts';

/** A database of its own, and this process as the school that works on it. */
export interface ScaleDatabase {
  ownerUrl: string;
  applicationRole: string;
  /** The size that an earlier run left in the folder. */
  filled: Size | undefined;
  /** Remembers that all of it is there. */
  keep(size: Size): void;
  /** Statements of the role that owns everything. */
  asOwner(statements: readonly string[]): Promise<void>;
  /** New connections for the school. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/** Starts PostgreSQL in a temporary folder, or in one that stays. What it holds can be made again, so nothing waits for the disk. */
export async function openScaleDatabase(keptIn?: string): Promise<ScaleDatabase> {
  const dataDir = keptIn ?? mkdtempSync(join(tmpdir(), 'lyceum-scale-'));
  mkdirSync(dataDir, { recursive: true });
  // The server may run as another account, which must be able to enter.
  chmodSync(dataDir, 0o755);
  const note = join(dataDir, 'filled.json');
  if (!existsSync(note) && existsSync(join(dataDir, 'postgres')))
    throw new OperatorError(`What is in ${dataDir} was not filled to its end. Empty the folder, or choose another with --keep.`);
  const { ownerUrl, applicationPassword, stop } = await startEmbeddedPostgres({
    dataDir,
    database: 'scale',
    dangerouslyWithoutDurability: true,
  });
  const applicationUrl = await prepareDatabase({ ownerUrl, applicationPassword });
  const asOwner = (statements: readonly string[]) => runAll(ownerUrl, statements);
  // Fewer checkpoints while rows come in by the million, and no vacuum of its own accord in the middle of a measurement.
  await asOwner(["alter system set max_wal_size = '8GB'", 'alter system set autovacuum = off', 'select pg_reload_conf()']);
  const config = loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', SECRET: 'a secret for nobody, of more than 32 characters' });
  startRuntime(config, applicationUrl);
  return {
    ownerUrl,
    applicationRole: decodeURIComponent(new URL(applicationUrl).username),
    filled: existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Size) : undefined,
    keep: (size) => writeFileSync(note, JSON.stringify(size)),
    asOwner,
    async reconnect() {
      await runtime().close();
      startRuntime(config, applicationUrl);
    },
    async close() {
      await runtime().close();
      await stop();
      if (!keptIn) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function runAll(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
