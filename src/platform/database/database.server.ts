import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '#generated/prisma/client.ts';
import type { Actor, Context } from '../context.ts';
import { sendTogether } from './send-together.server.ts';
import { type RunStatement, statement } from './statement.ts';
import { types } from './together.server.ts';

/**
 * One pool, two ways in: Prisma for ordinary work, prepared SQL for hot paths. Row-level security hides private rows from both
 * unless a transaction says who acts, so a feature reads and writes through `inTransaction` or `asActor`.
 */
export interface Database {
  prisma: Prisma.TransactionClient;
  sql: RunStatement;
  /** The process's connections: for platform code only. */
  connections: Connections;
}

export interface Connections {
  pool: pg.Pool;
  prisma: PrismaClient;
  end(): Promise<void>;
}

export interface ConnectionOptions {
  url: string;
  poolSize: number;
  /** Who acts where no transaction says so: nobody (the default), or the program itself for jobs and sign-in. */
  actsAs?: 'nobody' | 'system';
  onError?: (error: Error) => void;
  /** Hears on each connection, before a commit on it is acknowledged, that guests' pages show something else now. */
  onNotice?: () => void;
}

interface Slot {
  client?: pg.PoolClient;
}

/** Hands the connection that Prisma takes for a transaction to the code that opened the transaction. */
const openingTransaction = new AsyncLocalStorage<Slot>();

class SharedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void;
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const slot = openingTransaction.getStore();
    return super.connect().then((client) => {
      if (slot && !slot.client) slot.client = client;
      return client;
    });
  }
}

/** Opens the pool and the Prisma client over it. Nothing connects before the first query. */
export function openConnections(options: ConnectionOptions): Connections {
  const pool = new SharedPool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    options: options.actsAs === 'system' ? '-c app.user_role=SYSTEM -c TimeZone=UTC' : '-c TimeZone=UTC',
    // Statements of one transaction go out together and are answered in order: one round trip instead of five.
    pipeline: true,
  });
  // What ends with the pool is not lost.
  const onError = (error: Error) => pool.ending || options.onError?.(error);
  pool.on('error', onError);
  // A connection that is lost while somebody holds it says so itself; unheard, that would end the process.
  pool.on('connect', (client) => {
    client.on('error', onError);
    if (options.onNotice) {
      // The job worker listens on connections of this pool too.
      client.on('notification', ({ channel }) => channel === 'guest_pages' && options.onNotice?.());
      client.query('listen guest_pages').catch(onError);
    }
  });
  const adapter = new PrismaPg(pool, {
    statementNameGenerator: (query) => `p_${createHash('sha1').update(query.sql).digest('base64url')}`,
  });
  const prisma = new PrismaClient({ adapter });
  return {
    pool,
    prisma,
    async end() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** The database as seen outside a transaction: public rows only, unless the connections act as the program itself. */
export function databaseOver(connections: Connections): Database {
  const { prisma, pool } = connections;
  // Each alone: what is asked outside a transaction stands or fails by itself.
  return { prisma, sql: (asked, ...values) => sendTogether(pool)(asked, ...values), connections };
}

function runOn(client: pg.PoolClient): RunStatement {
  return async (statement, ...values) => {
    const result = await client.query({ name: statement.name, text: statement.text, values: [...values], types });
    return result.rows;
  };
}

const acting =
  "select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true), set_config('app.impersonator_id', $3, true)";
const actFor = statement<unknown, [userId: string, role: string, impersonatorId: string]>(acting);
const readFor = statement<unknown, [userId: string, role: string, impersonatorId: string]>(
  `${acting}, set_config('transaction_read_only', 'on', true)`,
);

function actingAs(actor: Actor): [userId: string, role: string, impersonatorId: string] {
  if (actor.kind === 'person') return [actor.id, actor.role, actor.session?.impersonator?.id ?? ''];
  return ['', actor.kind === 'system' ? 'SYSTEM' : '', ''];
}

export interface TransactionOptions {
  /** Milliseconds that the whole transaction may take. */
  timeoutMs?: number;
}

/**
 * Runs a command's work in one transaction that acts for the context's actor; throwing undoes all of it. The context given to the work
 * replaces the outer one, so that the wrong connection cannot be used. Inside an open transaction the work simply joins it.
 */
export async function inTransaction<Result>(
  ctx: Context,
  work: (ctx: Context) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  if (ctx.db.prisma !== ctx.db.connections.prisma) return work(ctx);
  const { connections } = ctx.db;
  const slot: Slot = {};
  return openingTransaction.run(slot, () =>
    connections.prisma.$transaction(
      async (prisma) => {
        const client = slot.client;
        if (!client) throw new Error('Prisma opened a transaction without taking a connection from the pool');
        const sql = runOn(client);
        await sql(actFor, ...actingAs(ctx.actor));
        return work({ ...ctx, db: { prisma, sql, connections } });
      },
      { maxWait: 10_000, timeout: options.timeoutMs ?? 15_000 },
    ),
  );
}

/**
 * Lets a page read with prepared statements that act for the context's actor. Statements that the work starts together travel together, in one
 * read-only transaction; those that wait for others follow in another. Inside an open transaction they run there.
 */
export function asActor<Result>(ctx: Context, work: (sql: RunStatement) => Promise<Result>): Promise<Result> {
  if (ctx.db.prisma !== ctx.db.connections.prisma) return work(ctx.db.sql);
  return work(sendTogether(ctx.db.connections.pool, { ...readFor, values: actingAs(ctx.actor) }));
}
