import { readdirSync, readFileSync } from 'node:fs';

// Makes docs/data-model.md from prisma/schema: a diagram and a list of tables for each feature. Written by scripts/generated.ts.

interface Field {
  name: string;
  column: string;
  type: string;
  isList: boolean;
  isOptional: boolean;
  attributes: string;
}

interface Model {
  name: string;
  table: string;
  about: string;
  fields: Field[];
  /** The fields that are the key together, where there is no id. */
  idTogether: string[];
}

interface Feature {
  name: string;
  about: string;
  models: Model[];
}

const folder = 'prisma/schema';
const order = [
  'accounts',
  'media',
  'catalogue',
  'packages',
  'learning',
  'assessment',
  'authoring',
  'commerce',
  'community',
  'fitness',
  'gamification',
  'notifications',
  'analytics',
  'base',
];

const introduction = `# The data model

Generated from [prisma/schema](../prisma/schema) by \`scripts/generated.ts\`; change the schema, not this page.

PostgreSQL 15 or newer holds everything, and has the last word: what must hold is a constraint, so that no command, job or script can
break it. The schema says what Prisma can say; the migrations in [prisma/migrations](../prisma/migrations) add the rest by hand.

- **Names.** Tables are plural and snake_case, models singular and PascalCase, fields camelCase. An id is a UUIDv7 that the application makes.
- **Times** are \`timestamptz\`. A learner's day is a date in the learner's time zone.
- **Money** is an integer of minor units beside a three-letter \`currency\`. Percent goes from 0 to 100, rates are basis points.
- **Checks** are named \`<table>_<rule>\` and live in the migration "rules"; \`tests/database/violations/\` breaks each of them once.
- **Positions** are unique within their parent by constraints that are checked when the transaction commits, so that a reorder is one statement.
- **Delete rules** are named by every foreign key: *cascade* downwards in content and from a person to what is only theirs; *restrict* where
  books or others' work hang on a row; *set null* where what points at it can do without. \`tests/database/delete-rules.ts\` lists them all.
- **Private tables** are under row-level security, also for their owner. The application connects as a role that cannot bypass it, and each
  transaction says for whom it acts with \`app.user_id\` and \`app.user_role\` (STUDENT, INSTRUCTOR, ADMIN, or SYSTEM for the program itself). A person
  sees what is theirs, who teaches a course also the learning rows of its students, admins and the system all; where nobody acts, the tables are empty.
- **Books only grow.** \`audit_log\` and \`ledger_entries\` refuse to be changed. The audit log is a chain of hashes (\`audit_log_first_break()\` finds the
  first broken link); the ledger entries of an order sum to zero when the transaction commits.
- **Counts** such as a course's \`studentCount\` are kept by the transaction that changes them.
- **Search** reads \`courses.search\`, which the database generates; \`search_config(language)\` and \`search_text(words)\` make the other side of the comparison.
- **Events** in \`analytics_events\` lie in a partition for each month; \`make_event_partitions(day, months)\` makes them ahead.

Developing: edit the schema, then \`node scripts/migration.ts new <name>\` writes the difference as a migration to complete by hand, and
\`npx prisma generate\` renews the client. \`npx prisma migrate status\`, \`migrate deploy\` and \`migrate diff\` work without a download; \`migrate dev\`
does not, because the engine's WebAssembly build cannot open its shadow database.
`;

/** The text of docs/data-model.md. */
export function dataModelDocument(): string {
  const features = order.map(readFeature);
  const unlisted = readdirSync(folder).filter((file) => !order.includes(file.replace('.prisma', '')));
  if (unlisted.length > 0) throw new Error(`Name ${unlisted.join(', ')} in the order of scripts/data-model.ts`);
  const tables = new Map(features.flatMap(({ models }) => models.map((model) => [model.name, model.table] as const)));
  return [introduction, ...features.map((feature) => section(feature, tables))].join('\n');
}

function readFeature(name: string): Feature {
  const text = readFileSync(`${folder}/${name}.prisma`, 'utf8');
  const about = text.match(/^(\/\/ .*\n)+/)?.[0] ?? '';
  const models = [...text.matchAll(/((?:^\/\/\/ .*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, comment = '', model = '', body = '']) =>
    readModel(model, comment, body),
  );
  return { name, about: plain(about), models };
}

function readModel(name: string, comment: string, body: string): Model {
  const lines = body.split('\n').map((line) => line.trim());
  const fields = lines.flatMap((line): Field[] => {
    const [, field, type, mark, attributes] = line.match(/^(\w+)\s+(\w+(?:\("\w+"\))?)(\[\]|\?)?\s*(.*)$/) ?? [];
    if (!field || !type) return [];
    const column = attributes?.match(/@map\("(\w+)"\)/)?.[1] ?? field;
    return [{ name: field, column, type, isList: mark === '[]', isOptional: mark === '?', attributes: attributes ?? '' }];
  });
  return {
    name,
    table: body.match(/@@map\("(\w+)"\)/)?.[1] ?? name,
    about: plain(comment),
    fields,
    idTogether: body.match(/@@id\(\[([^\]]+)\]/)?.[1]?.split(', ') ?? [],
  };
}

/** The words of a comment, on one line. */
function plain(comment: string): string {
  return comment
    .replaceAll(/^\/\/\/? /gm, '')
    .replaceAll('\n', ' ')
    .trim();
}

function section(feature: Feature, tables: Map<string, string>): string {
  const title = feature.name === 'base' ? 'platform' : feature.name;
  const relations = feature.models.flatMap((model) => model.fields.map((field) => relation(model, field, tables))).filter(Boolean);
  return [
    `## ${title}\n`,
    feature.name === 'base' ? '' : `${feature.about}\n`,
    '```mermaid\nerDiagram',
    ...relations.map((line) => `  ${line}`),
    ...feature.models.map((model) => entity(model, tables)),
    '```\n',
    '| Table | Model | What it is |\n|---|---|---|',
    ...feature.models.map((model) => `| \`${model.table}\` | ${model.name} | ${model.about} |`),
    '',
  ]
    .filter((part, index) => part !== '' || index > 1)
    .join('\n');
}

/** A foreign key as a line of the diagram: how many rows lie on each side, and what happens when the parent goes. */
function relation(model: Model, field: Field, tables: Map<string, string>): string {
  const keys = field.attributes.match(/fields: \[([^\]]+)\]/)?.[1]?.split(', ');
  const parent = tables.get(field.type);
  if (!keys || !parent) return '';
  const rule = field.attributes
    .match(/onDelete: (\w+)/)?.[1]
    ?.replace('SetNull', 'set null')
    .toLowerCase();
  const isOnlyOne = keys.length === 1 && model.fields.some(({ name, attributes }) => name === keys[0] && attributes.includes('@unique'));
  return `${parent} ${field.isOptional ? '|o' : '||'}--${isOnlyOne ? 'o|' : 'o{'} ${model.table} : "${field.name}, ${rule}"`;
}

function entity(model: Model, tables: Map<string, string>): string {
  const foreignKeys = new Set(model.fields.flatMap((field) => field.attributes.match(/fields: \[([^\]]+)\]/)?.[1]?.split(', ') ?? []));
  const columns = model.fields
    .filter((field) => !tables.has(field.type))
    .map((field) => {
      const isId = /@id\b/.test(field.attributes) || model.idTogether.includes(field.name);
      const marks = [isId && 'PK', foreignKeys.has(field.name) && 'FK', field.attributes.includes('@unique') && 'UK']
        .filter(Boolean)
        .join(', ');
      return `    ${columnType(field)} ${field.column}${marks ? ` ${marks}` : ''}`;
    });
  return [`  ${model.table} {`, ...columns, '  }'].join('\n');
}

/** The column's type in a word that Mermaid takes. */
function columnType(field: Field): string {
  const native = field.attributes.match(/@db\.(\w+)/)?.[1]?.toLowerCase();
  const unsupported = field.type.match(/^Unsupported\("(\w+)"\)/)?.[1];
  const known: Record<string, string> = {
    String: 'text',
    Int: 'integer',
    BigInt: 'bigint',
    Boolean: 'boolean',
    Json: 'jsonb',
    Bytes: 'bytea',
    Float: 'double',
    Decimal: 'numeric',
  };
  const word = unsupported ?? (native === 'decimal' ? 'numeric' : native) ?? known[field.type] ?? field.type;
  return field.isList ? `${word}[]` : word;
}
