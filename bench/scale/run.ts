import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openScaleDatabase, type ScaleDatabase } from './database.ts';
import { fillCatalogue, fillStage } from './fill.ts';
import { latencyOf, type Measured } from './latency.ts';
import { measuredPages } from './pages.ts';
import { plansOf } from './plans.ts';
import { teller } from './say.ts';
import { type Growth, growthOf, tableOf } from './side-by-side.ts';
import { type Size, sizeOf } from './sizes.ts';

/** `npm run bench:scale`: fills a school in three stages, measures its pages after each, and shows the plans of what is not flat. */
const { values } = parseArgs({
  options: {
    courses: { type: 'string', default: '100000' },
    enrollments: { type: 'string', default: '1000000' },
    progress: { type: 'string', default: '20000000' },
    /** Visits of each page that are counted. */
    visits: { type: 'string', default: '400' },
    /** Leaves the database in this folder; a run that finds it there measures it as it is. */
    keep: { type: 'string' },
    json: { type: 'string' },
    /** Shows the plans of all pages. */
    plans: { type: 'boolean', default: false },
  },
});

const database = await openScaleDatabase(values.keep);
try {
  const size =
    database.filled ??
    sizeOf({ courses: Number(values.courses), enrollments: Number(values.enrollments), progress: Number(values.progress) });
  const growth = await measure(database, size);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ size, growth }, null, 2)}\n`);
  await explain(size, growth);
} finally {
  await database.close();
}

async function measure(database: ScaleDatabase, size: Size): Promise<Growth[]> {
  const say = teller();
  if (!database.filled) await fillCatalogue(database.ownerUrl, size, say);
  const measured: Measured[][] = [];
  const sizes: number[] = [];
  for (const [stage, enrollments] of size.stages.entries()) {
    const isLast = stage === size.stages.length - 1;
    if (database.filled && !isLast) continue;
    if (!database.filled) await fillStage(database.ownerUrl, stage, size, say);
    const rows: Measured[] = [];
    for (const page of measuredPages(stage, size)) {
      say(`measuring with ${enrollments.toLocaleString('en')} enrollments: ${page.what}`);
      rows.push(await latencyOf(page, Number(values.visits)));
    }
    measured.push(rows);
    sizes.push(enrollments);
    if (isLast) database.keep(size);
  }
  say('done');
  const growth = growthOf(measured);
  const [load = 0] = loadavg();
  print(
    `\n${size.courses.toLocaleString('en')} courses, ${size.progress.toLocaleString('en')} progress rows at the end, load ${load.toFixed(1)}`,
  );
  print(tableOf(growth, sizes));
  return growth;
}

async function explain(size: Size, growth: readonly Growth[]): Promise<void> {
  const wanted = growth.filter(({ isFlat, meetsGoal }) => values.plans || !isFlat || meetsGoal === false).map(({ what }) => what);
  if (wanted.length === 0) return;
  const pages = measuredPages(size.stages.length - 1, size).filter(({ what }) => wanted.includes(what));
  print(`\nPlans\n\n${await plansOf(database, pages)}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
