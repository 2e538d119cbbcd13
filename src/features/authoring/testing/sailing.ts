import sharp from 'sharp';
import { mp4 } from '../../../../tests/support/films.ts';

/** A small picture. */
export const picture: Buffer = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#c33' } })
  .png()
  .toBuffer();

/** A folder of Markdown with everything that one can have. */
export const sailingFolder = (): Record<string, string | Uint8Array> => ({
  'course.md':
    '---\ntitle: Sailing\nlevel: intermediate\ntags: [boats, wind]\nimage: cover.png\ncategories: [Sport]\n---\n\nLearn to *sail*.\n\n## What you will learn\n\n- Knots\n- Wind\n\n## Requirements\n\n1. Swim\n',
  'cover.png': picture,
  '01-start/README.md': '# Before the boat\n\nRead these first.\n',
  '01-start/02-knots.md':
    '---\ntitle: Knots that hold\npreview: true\n---\n\n![A bowline](imgs/knot.png) and [the wind](../02-water/wind.md#true-wind), a [chart](chart.pdf).\n\n```js\nconst knot = 1;\n```\n',
  '01-start/01-words.md': '# Words on board\n\n## Bow\n\nThe front. [Back](#stern)\n\n## Stern\n\nThe back.\n',
  '01-start/imgs/knot.png': picture,
  '01-start/chart.pdf': '%PDF-1.4 chart',
  '02-water/wind.md': '---\nvideo: wind.mp4\n---\n\n# Wind\n\n## True wind\n\n<div class="warning">\n\nMind the boom.\n\n</div>\n',
  '02-water/wind.mp4': mp4({ seconds: 61.4, width: 640, height: 360 }),
  '02-water/wind.de.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nWind\n',
  '02-water/wind.png': picture,
});
