import { escapeHtml } from '#platform/html/escape.ts';

/** What a public page says of itself. */
export interface PageFacts {
  title: string;
  description?: string | null;
  /** The page's full address. */
  canonical?: string;
  /** Full address of a picture; of 1200 × 630, unless its size is said to be unknown. */
  image?: string | null;
  imageSize?: 'unknown';
  imageAlt?: string;
  /** Structured data as JSON in which nothing can end the element. */
  jsonLd?: string | null;
  /** Keeps the page out of search engines. */
  unlisted?: boolean;
}

/** The tags by which search engines, and sites that link to it, know a page: description, its one address, Open Graph, structured data. */
export function metaTags({
  title,
  description,
  canonical,
  image,
  imageSize,
  imageAlt = title,
  jsonLd,
  unlisted = false,
}: PageFacts): string {
  const tags = [...named({ description }), ...(canonical ? [`<link rel="canonical" href="${escapeHtml(canonical)}">`] : [])];
  if (unlisted) tags.push(...named({ robots: 'noindex, follow' }));
  else {
    tags.push(
      ...openGraph({
        'og:site_name': 'Lyceum',
        'og:type': 'website',
        'og:title': title,
        'og:description': description,
        'og:url': canonical,
      }),
      ...named({ 'twitter:card': image ? 'summary_large_image' : 'summary' }),
    );
    const size = imageSize === 'unknown' ? {} : { 'og:image:width': '1200', 'og:image:height': '630' };
    if (image) tags.push(...openGraph({ 'og:image': image, ...size, 'og:image:alt': imageAlt }));
  }
  if (jsonLd) tags.push(`<script type="application/ld+json">${jsonLd}<${'/script'}>`);
  return tags.join('');
}

type Values = Record<string, string | null | undefined>;

const tagsOf = (kind: 'name' | 'property', values: Values) =>
  Object.entries(values).flatMap(([name, content]) => (content ? [`<meta ${kind}="${name}" content="${escapeHtml(content)}">`] : []));
const named = (values: Values) => tagsOf('name', values);
const openGraph = (values: Values) => tagsOf('property', values);
