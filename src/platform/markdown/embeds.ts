import type { MarkdownIt, StateCore, Token } from 'markdown-it';

/** Something that lies elsewhere and can be shown in a frame once a reader asks for it. */
export interface Embed {
  site: 'youtube' | 'vimeo' | 'codepen' | 'geogebra' | 'desmos';
  /** The site's name for people. */
  name: string;
  /** What one does with it. */
  verb: 'Play' | 'Open';
  /** Its address in a frame. */
  frame: string;
}

interface Site extends Pick<Embed, 'site' | 'name' | 'verb'> {
  hosts: readonly string[];
  frameOf: (address: URL) => string | undefined;
}

const part = (address: URL, pattern: RegExp) => pattern.exec(address.pathname)?.slice(1);

/** Every site whose things may be shown. `frame-src` in vite.config.ts names the hosts of their frames, and no others. */
const sites: readonly Site[] = [
  {
    site: 'youtube',
    name: 'YouTube',
    verb: 'Play',
    hosts: ['www.youtube.com', 'youtube.com', 'm.youtube.com', 'youtu.be', 'www.youtube-nocookie.com'],
    frameOf: (address) => {
      const id =
        address.hostname === 'youtu.be'
          ? part(address, /^\/([\w-]{11})$/)?.[0]
          : (part(address, /^\/(?:embed|shorts|live)\/([\w-]{11})$/)?.[0] ?? (address.pathname === '/watch' ? address.searchParams.get('v') : ''));
      return /^[\w-]{11}$/.test(id ?? '') ? `https://www.youtube-nocookie.com/embed/${id}` : undefined;
    },
  },
  {
    site: 'vimeo',
    name: 'Vimeo',
    verb: 'Play',
    hosts: ['vimeo.com', 'www.vimeo.com', 'player.vimeo.com'],
    frameOf: (address) => {
      const id = part(address, /^\/(?:video\/)?(\d{5,12})$/)?.[0];
      return id ? `https://player.vimeo.com/video/${id}?dnt=1` : undefined;
    },
  },
  {
    site: 'codepen',
    name: 'CodePen',
    verb: 'Open',
    hosts: ['codepen.io', 'www.codepen.io'],
    frameOf: (address) => {
      const [user, pen] = part(address, /^\/([\w-]{1,60})\/(?:pen|full|details|embed)\/(\w{4,40})$/) ?? [];
      return pen ? `https://codepen.io/${user}/embed/${pen}?default-tab=result` : undefined;
    },
  },
  {
    site: 'geogebra',
    name: 'GeoGebra',
    verb: 'Open',
    hosts: ['www.geogebra.org', 'geogebra.org'],
    frameOf: (address) => {
      const id = part(address, /^\/m\/(\w{4,20})$/)?.[0];
      return id ? `https://www.geogebra.org/material/iframe/id/${id}` : undefined;
    },
  },
  {
    site: 'desmos',
    name: 'Desmos',
    verb: 'Open',
    hosts: ['www.desmos.com', 'desmos.com'],
    frameOf: (address) => {
      const id = part(address, /^\/calculator\/(\w{4,20})$/)?.[0];
      return id ? `https://www.desmos.com/calculator/${id}?embed` : undefined;
    },
  },
];

/** Names of the sites whose things may be shown, for people. */
export const embedSites = sites.map((site) => site.name);

/** What an address shows in a frame, undefined when it is of none of the sites. */
export function embedOf(address: string): Embed | undefined {
  if (!/^https:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const found = sites.find((site) => site.hosts.includes(url.hostname));
  const frame = url.port || url.username || url.password ? undefined : found?.frameOf(url);
  return found && frame ? { site: found.site, name: found.name, verb: found.verb, frame } : undefined;
}

/** Turns a paragraph that is nothing but the bare address of such a thing into its place. */
export function embeds(md: MarkdownIt): void {
  md.core.ruler.after('linkify', 'embeds', placeEmbeds);
}

function placeEmbeds(state: StateCore): void {
  const tokens: Token[] = [];
  let listDepth = 0;
  for (let index = 0; index < state.tokens.length; index += 1) {
    const token = state.tokens[index]!;
    const inline = state.tokens[index + 1];
    if (token.type === 'list_item_open') listDepth += 1;
    else if (token.type === 'list_item_close') listDepth -= 1;
    const address = listDepth === 0 && token.type === 'paragraph_open' && inline ? bareAddress(inline.children ?? []) : undefined;
    if (address === undefined || !embedOf(address)) tokens.push(token);
    else {
      tokens.push(embedToken(state, token, address));
      index += 2;
    }
  }
  state.tokens = tokens;
}

function embedToken(state: StateCore, paragraph: Token, address: string): Token {
  const token = new state.Token('embed', 'div', 0);
  token.block = true;
  token.level = paragraph.level;
  token.map = paragraph.map;
  token.content = address;
  return token;
}

/** The address, when the line is that and nothing else: a link that says its own address. */
function bareAddress(children: readonly Token[]): string | undefined {
  const [open, text, close] = children;
  const isBare = children.length === 3 && open?.type === 'link_open' && text?.type === 'text' && close?.type === 'link_close';
  return isBare && open.info === 'auto' ? String(open.attrGet('href') ?? '') : undefined;
}
