import { textOf } from '#platform/markdown/anchors.ts';
import { markdownParser } from '#platform/markdown/parser.ts';

/** What a course's README says under headings that everybody uses. */
export interface CoursePage {
  objectives: string[];
  requirements: string[];
  /** The rest: the course's description. */
  description: string;
}

const objectives = /^(learning )?(objectives|goals|outcomes)$|^what (you|you'll|you’ll|you will).{0,20}\blearn|^learning outcomes/i;
const requirements = /^(requirements|prerequisites|before you (start|begin)|what you need)/i;
const contents = /^(table of )?contents$|^(curriculum|lessons|chapters|syllabus|outline|course (outline|structure|contents))$/i;

/** Takes the lists of objectives and requirements out of a course's text, and its table of contents, which the course's outline replaces. */
export function readCoursePage(markdown: string): CoursePage {
  const page: CoursePage = { objectives: [], requirements: [], description: '' };
  const kept: string[] = [];
  for (const section of sectionsOf(markdown)) {
    const items = itemsOf(section.body);
    if (objectives.test(section.heading) && items.length > 0) page.objectives.push(...items);
    else if (requirements.test(section.heading) && items.length > 0) page.requirements.push(...items);
    else if (!contents.test(section.heading)) kept.push(section.whole);
  }
  page.description = kept.join('\n').trim();
  return page;
}

interface Section {
  heading: string;
  body: string;
  whole: string;
}

function sectionsOf(markdown: string): Section[] {
  const tokens = markdownParser.parse(markdown, {});
  const lines = markdown.split('\n');
  const starts = tokens.flatMap((token, index) =>
    token.type === 'heading_open' && token.level === 0 && token.map
      ? [{ line: token.map[0], bodyLine: token.map[1], heading: textOf(tokens[index + 1]?.children ?? []).trim() }]
      : [],
  );
  const sections = [{ line: 0, bodyLine: 0, heading: '' }, ...starts].map((start, index) => {
    const end = starts[index]?.line ?? lines.length;
    return { heading: start.heading, body: lines.slice(start.bodyLine, end).join('\n'), whole: lines.slice(start.line, end).join('\n') };
  });
  return sections.filter((section) => section.whole !== '');
}

/** The entries of the lists in a text, as plain words. */
function itemsOf(markdown: string): string[] {
  const tokens = markdownParser.parse(markdown, {});
  return tokens
    .flatMap((token, index) =>
      token.type === 'inline' && tokens[index - 2]?.type === 'list_item_open'
        ? [
            textOf(token.children ?? [])
              .replace(/\s+/g, ' ')
              .trim()
              .slice(0, 500),
          ]
        : [],
    )
    .filter(Boolean);
}
