import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { missing } from './refusal.ts';

/** A thing of Stripe: its own shape, as its type says. */
export interface StripeThing {
  id: string;
  object: string;
}

const fixtures = new URL('../../../../shared/fixtures/stripe/fixtures3.json', import.meta.url);

/** Stripe's own samples of its shapes, where they lie beside the project: with them, things bear all that Stripe gives them; without, what the school reads. */
const samples: Record<string, object> = existsSync(fixtures) ? JSON.parse(readFileSync(fixtures, 'utf8')).resources : {};

/** What Stripe keeps. */
export interface Shelf {
  /** Makes a thing in the shape of its kind. */
  put<Thing extends StripeThing>(object: Thing['object'], prefix: string, parts: Partial<Thing>): Thing;
  get<Thing extends StripeThing>(object: Thing['object'], id: string, param?: string): Thing;
  all<Thing extends StripeThing>(object: Thing['object']): Thing[];
  /** As it is answered: a copy, in which the named references are the things themselves. */
  shown(thing: StripeThing, expand?: readonly string[]): StripeThing;
}

/** An empty shelf. */
export function createShelf(): Shelf {
  const things = new Map<string, StripeThing>();
  const all = <Thing extends StripeThing>(object: Thing['object']) =>
    [...things.values()].filter((thing): thing is Thing => thing.object === object).reverse();

  /** Lists that Stripe shows only to who asks for them. */
  const hidden: Record<string, (thing: StripeThing) => unknown> = {
    'invoice.payments': ({ id }) => {
      const data = all<StripeThing & { invoice: string }>('invoice_payment').filter(({ invoice }) => invoice === id);
      return { object: 'list', data: structuredClone(data), has_more: false, url: `/v1/invoice_payments?invoice=${id}` };
    },
  };

  const expand = (value: unknown, names: readonly string[]): void => {
    const [name, ...rest] = names;
    if (name === undefined || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const part of value) expand(part, names);
      return;
    }
    const parts = value as Record<string, unknown>;
    const hide = hidden[`${parts.object}.${name}`];
    if (hide) parts[name] = hide(value as StripeThing);
    const known = typeof parts[name] === 'string' ? things.get(parts[name]) : undefined;
    if (known) parts[name] = structuredClone(known);
    expand(parts[name], rest);
  };

  return {
    put(object, prefix, parts) {
      const id = `${prefix}_${randomBytes(12).toString('hex')}`;
      const created = Math.floor(Date.now() / 1000);
      const thing = { ...structuredClone(samples[object] ?? {}), id, object, created, livemode: false, metadata: {}, ...parts };
      things.set(id, thing as StripeThing);
      return thing as never;
    },
    get(object, id, param) {
      const thing = things.get(id);
      if (!thing || thing.object !== object) throw missing(object, id, param);
      return thing as never;
    },
    all,
    shown(thing, paths = []) {
      const copy = structuredClone(thing);
      for (const path of paths) expand(copy, path.split('.'));
      return copy;
    },
  };
}
