import pg from 'pg';
import { OperatorError } from '../errors.ts';

export interface ApplicationRole {
  role: string;
  /** Undefined when the role was made by hand: then it is only checked and given its rights. */
  password: string | undefined;
}

interface RoleFacts {
  overpowered: boolean;
  /** Whether the role is, or may become, the owner of the tables. */
  ownsTables: boolean;
}

const insufficientPrivilege = '42501';
const rolesLock = 'lyceum application role';

/**
 * Gives the application the role it connects as: it reads and writes rows, owns nothing, changes no table and bypasses no row-level
 * security. A role that could do more, that is missing, or that the owner may not make: OperatorError.
 */
export async function ensureApplicationRole(owner: pg.ClientBase, { role, password }: ApplicationRole): Promise<void> {
  await owner.query('begin');
  try {
    // Two programs that start at once would trip over each other's changes to the catalogs.
    await owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [rolesLock]);
    if (password !== undefined) await makeRole(owner, role, password);
    await refuseUnfitRole(owner, role);
    await grantRights(owner, role);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

async function makeRole(owner: pg.ClientBase, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role]);
  const secret = pg.escapeLiteral(password);
  try {
    // Attributes that only a superuser may touch are not named for a role that is there: they are checked afterwards.
    await owner.query(
      rowCount === 0
        ? `create role ${name} login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls password ${secret}`
        : `alter role ${name} login noinherit password ${secret}`,
    );
  } catch (error) {
    if ((error as { code?: string }).code !== insufficientPrivilege) throw error;
    throw new OperatorError(
      `The role of DATABASE_URL may not create roles. Create one by hand (create role ${role} login noinherit password '…') and name it in DATABASE_APP_URL.`,
      { cause: error },
    );
  }
}

async function refuseUnfitRole(owner: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await owner.query<RoleFacts>(
    `select rolsuper or rolbypassrls or rolcreaterole as overpowered, pg_has_role(oid, current_user, 'MEMBER') as "ownsTables"
       from pg_roles where rolname = $1`,
    [role],
  );
  const facts = rows[0];
  if (!facts) throw new OperatorError(`The role ${role} of DATABASE_APP_URL does not exist. Create it first.`);
  if (facts.overpowered)
    throw new OperatorError(`The application's role ${role} is too powerful: take SUPERUSER, BYPASSRLS and CREATEROLE from it.`);
  if (facts.ownsTables) throw new OperatorError(`The application's role ${role} must not be the owner of the tables, nor a member of it.`);
}

async function grantRights(owner: pg.ClientBase, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await owner.query<{ database: string }>('select current_database() as database');
  const readAndWrite = 'select, insert, update, delete';
  await owner.query(`
    grant connect on database ${pg.escapeIdentifier(rows[0]!.database)} to ${name};
    revoke create on schema public from public;
    grant usage on schema public to ${name};
    grant ${readAndWrite} on all tables in schema public to ${name};
    grant usage, select on all sequences in schema public to ${name};
    grant execute on all functions in schema public to ${name};
    alter default privileges in schema public grant ${readAndWrite} on tables to ${name};
    alter default privileges in schema public grant usage, select on sequences to ${name};
    alter default privileges in schema public grant execute on functions to ${name};
    revoke insert, update, delete on public._prisma_migrations from ${name}`);
}
