import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// Plain JavaScript: Prisma's CLI starts the shim beside with whatever Node the developer's PATH names.

/** PostgreSQL's one-byte type "char", which the catalogs use and Prisma's adapter does not know; text reads the same. */
const oneByteChar = 18;
const text = 1042;

/** Prisma's adapter cuts a script at each semicolon, also inside a function's body; the server knows better. */
class WholeScripts extends PrismaPg {
  /** @override */
  async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
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
  pool.on('connect', (client) => readOneByteCharAsText(client));
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter);
  return {
    engine,
    async close() {
      engine.free();
      await pool.end();
    },
  };
}

/** @type {Promise<void> | undefined} */
let started;

function startWebAssembly() {
  started ??= (async () => {
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

/** @param {pg.PoolClient} client */
function readOneByteCharAsText(client) {
  const { connection } = /** @type {{ connection: import('node:events').EventEmitter }} */ (/** @type {unknown} */ (client));
  connection.prependListener('rowDescription', (/** @type {{ fields: { dataTypeID: number }[] }} */ message) => {
    for (const field of message.fields) if (field.dataTypeID === oneByteChar) field.dataTypeID = text;
  });
}
