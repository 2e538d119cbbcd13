import { readFileSync } from 'node:fs';
import { escapeHtml } from '#platform/html/escape.ts';
import { cmiElements, mostPlaces } from './cmi/model.ts';

/** The player's scripts, which run in the browser as they stand in the source. */
const scripts: Record<string, string> = Object.fromEntries(
  ['player.js', 'scorm-api.js'].map((name) => [name, readFileSync(new URL(`./player/${name}`, import.meta.url), 'utf8')]),
);

/** One of the player's scripts; undefined for any other name. */
export function playerScript(name: string): string | undefined {
  return Object.hasOwn(scripts, name) ? scripts[name] : undefined;
}

/** What the player is told when it begins. */
export interface PlayerBeginning {
  title: string;
  part: string;
  isAsset: boolean;
  /** Names this opening of the player. */
  launch: string;
  records: boolean;
  values: Readonly<Record<string, string>>;
  /** Address of the content, from the root of the package. */
  href: string;
  /** Origin of the school, which is told what was kept. */
  school: string;
}

const styles = 'html,body{margin:0;block-size:100%;background:#fff}iframe{display:block;inline-size:100%;block-size:100%;border:0}';

/** The document around the content: it holds what the content looks for in its parents. */
export function playerPage({ title, href, ...begin }: PlayerBeginning): string {
  const told = { ...begin, content: `../${href}`, elements: cmiElements, mostPlaces };
  // Within a script element only its own end has a meaning.
  const json = JSON.stringify(told).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${styles}</style></head><body><script type="application/json" id="begin">${json}</script><script type="module" src="player.js"></script></body></html>`;
}
