/** What a form of Stripe says: texts, in objects and lists. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue | undefined };
export type Form = { [name: string]: FormValue | undefined };

/** Reads a body as Stripe does: `a[b][0]=c` is a list within an object within a form. */
export function readForm(body: string): Form {
  const form: Form = {};
  for (const [path, value] of new URLSearchParams(body)) {
    const names = path.split(/[[\]]+/).filter((name) => name !== '');
    let place: Form = form;
    for (const name of names.slice(0, -1)) {
      place[name] ??= {};
      place = place[name] as Form;
    }
    const last = names.at(-1) ?? '';
    place[path.endsWith('[]') ? String(Object.keys(place).length) : last] = value;
  }
  return listed(form) as Form;
}

function listed(value: FormValue | undefined): FormValue | undefined {
  if (value === undefined || typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, listed(part)] as const);
  const isList = entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name));
  return isList ? entries.map(([, part]) => part as FormValue) : Object.fromEntries(entries);
}

/** A part of a form, by its path such as `line_items.0.price_data.currency`; undefined where it is not there. */
export function textAt(form: Form, path: string): string | undefined {
  let value: FormValue | undefined = form;
  for (const name of path.split('.')) {
    if (value === undefined || typeof value === 'string') return undefined;
    value = Array.isArray(value) ? value[Number(name)] : value[name];
  }
  return typeof value === 'string' ? value : undefined;
}

/** The texts that stand together at a path, such as `metadata`. */
export function textsAt(form: Form, name: string): Record<string, string> {
  const value = form[name];
  if (value === undefined || typeof value === 'string' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
