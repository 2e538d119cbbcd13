import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// Plain JavaScript: Prisma's CLI starts the shim beside with whatever Node the developer's PATH names.

/** PostgreSQL's one-byte type "char", which its catalogs use and Prisma's adapter does not know; it is read as text. */
const oneByteChar = 18;
const text = 25;

/** Prisma's adapter, with what the schema engine asks of it and it does not do. */
class CatalogAdapter extends PrismaPg {
  /** @override */
  async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    /** @type {number[]} */
    let charColumns = [];
    pool.on('connect', (client) => {
      const { connection } = /** @type {{ connection: import('node:events').EventEmitter }} */ (/** @type {unknown} */ (client));
      connection.prependListener('rowDescription', (/** @type {{ fields: { dataTypeID: number }[] }} */ { fields }) => {
        charColumns = [...fields.keys()].filter((column) => fields[column]?.dataTypeID === oneByteChar);
        for (const column of charColumns) Object.assign(fields[column] ?? {}, { dataTypeID: text });
      });
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    /** @type {Promise<unknown>} */
    let turn = Promise.resolve();
    // One query after the other, so that the columns remembered are those of this answer. The engine wants them as characters.
    adapter.queryRaw = (query) => {
      const answer = turn.then(async () => {
        const result = await queryRaw(query);
        for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
        return result;
      });
      turn = answer.catch(() => undefined);
      return answer;
    };
    // Prisma's own cuts a script at each semicolon, also inside a function's body; the server knows better.
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  }
}

/**
 * Prisma's schema engine as WebAssembly, over one database.
 * @param {string} url
 * @param {[path: string, content: string][]} [datamodels]
 * @returns {Promise<{ engine: import('@prisma/schema-engine-wasm').SchemaEngine, close: () => Promise<void> }>}
 */
export async function openSchemaEngine(url, datamodels) {
  await startWebAssembly();
  const pool = new pg.Pool({ ...connectionOf(url), max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter(pool));
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    return {
      engine,
      async close() {
        engine.free();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** @type {Promise<void> | undefined} */
let started;

function startWebAssembly() {
  started ??= (async () => {
    // The engine leaves the words of a crash here before it stops with "unreachable".
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: { set_message: (/** @type {string} */ words) => process.stderr.write(`${words}\n`) },
    });
    const require = createRequire(import.meta.url);
    const bytes = await readFile(require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, {
      './schema_engine_bg.js': /** @type {WebAssembly.ModuleImports} */ (/** @type {unknown} */ (bindings)),
    });
    bindings.__wbg_set_wasm(instance.exports);
    /** @type {() => void} */ (instance.exports.__wbindgen_start)();
  })();
  return started;
}

/**
 * Host, port, user, password and database apart: with a connection string the adapter would ignore the database it is told.
 * @param {string} url
 */
function connectionOf(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}
