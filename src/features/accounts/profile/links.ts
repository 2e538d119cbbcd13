import { z } from 'zod';

interface LinkPlace {
  label: string;
  /** What stands before a person's name in the address of their page. */
  base: string;
  /** With whatever may stand before them: `www.`, `m.`, a country. */
  hosts: readonly string[];
  name: RegExp;
}

/** Places where people have a page of their own. A form takes the name there, `@name`, or the whole address; what is kept is the address. */
export const linkPlaces = {
  github: { label: 'GitHub', base: 'https://github.com/', hosts: ['github.com'], name: /^[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?$/i },
  linkedIn: { label: 'LinkedIn', base: 'https://www.linkedin.com/in/', hosts: ['linkedin.com'], name: /^[\p{L}\d-]{3,100}$/u },
  twitter: { label: 'X', base: 'https://x.com/', hosts: ['x.com', 'twitter.com'], name: /^\w{1,15}$/ },
  bluesky: { label: 'Bluesky', base: 'https://bsky.app/profile/', hosts: ['bsky.app'], name: /^[a-z\d-]+(?:\.[a-z\d-]+)+$/i },
  instagram: { label: 'Instagram', base: 'https://www.instagram.com/', hosts: ['instagram.com'], name: /^[\w.]{1,30}$/ },
  youtube: { label: 'YouTube', base: 'https://www.youtube.com/@', hosts: ['youtube.com'], name: /^[\p{L}\d._-]{3,30}$/u },
} as const satisfies Record<string, LinkPlace>;

/** The address of a person's page at a place, from whatever form they typed; undefined for what is no page of theirs there. */
export function linkAt(place: LinkPlace, typed: string): string | undefined {
  const text = typed.trim();
  const isAddress = /[:/]/.test(text);
  const name = isAddress ? nameInAddress(place, /^https?:\/\//i.test(text) ? text : `https://${text}`) : text.replace(/^@/, '');
  return name !== undefined && place.name.test(name) ? `${place.base}${encodeURIComponent(name)}` : undefined;
}

function nameInAddress(place: LinkPlace, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isThere = place.hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  if (!isThere || url.username || url.password || url.port) return undefined;
  const before = new URL(place.base).pathname;
  const path = url.pathname.startsWith(before) ? url.pathname.slice(before.length) : undefined;
  const encoded = path?.replace(/\/$/, '').replace(/^@/, '');
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    // A stray percent sign is the only thing it refuses.
    return undefined;
  }
}

/** A form's field for one's page at a place; null when it is left empty. */
export const linkField = (place: LinkPlace) =>
  z
    .string()
    .trim()
    .max(300, 'That is too long.')
    .transform((typed, check) => {
      if (typed === '') return null;
      const link = linkAt(place, typed);
      if (!link) check.addIssue({ code: 'custom', message: `Enter your name at ${place.label}, or the address of your page there.` });
      return link ?? z.NEVER;
    });

/** A form's field for the address of a page; `https://` may be left out. Null when it is left empty. */
export const webPageField = z
  .string()
  .trim()
  .max(300, 'That address is too long.')
  .transform((typed, check) => {
    if (typed === '') return null;
    const address = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(typed) ? typed : `https://${typed}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isPublic = url && /^https:$/.test(url.protocol) && /[^.]\.[^.\d][^.]*$/.test(url.hostname) && !url.username && !url.password;
    if (!isPublic) check.addIssue({ code: 'custom', message: 'Enter an address such as https://example.org. It must begin with https.' });
    return isPublic ? url.href : z.NEVER;
  });
