import { pack } from 'tar-stream';

/** A course as Open edX exports it, small enough to read, with one of each thing that the format is asked about. */
export function smallOlx(picture: Uint8Array): Record<string, string | Uint8Array> {
  return {
    'course.xml': '<course url_name="2026" org="Harbor" course="Sail"/>',
    'course/2026.xml': '<course display_name="Sailing" language="en"><chapter url_name="start"/><chapter url_name="water"/></course>',
    'policies/2026/policy.json': JSON.stringify({ 'course/2026': { display_name: 'Sailing for all', course_image: 'a cover.png', learning_info: ['Tie knots'] } }),
    'about/overview.html': '<section><h2>About</h2><p>Learn to <em>sail</em>.</p></section>',
    'about/effort.html': '2:00',
    'chapter/start.xml': '<chapter display_name="Before the boat"><sequential url_name="words"/></chapter>',
    'chapter/water.xml': '<chapter display_name="On the water"><sequential url_name="wind"/></chapter>',
    'sequential/words.xml': '<sequential display_name="Words"><vertical url_name="bow"/></sequential>',
    'sequential/wind.xml': '<sequential display_name="Wind"><vertical url_name="true"/><vertical url_name="quiz"/></sequential>',
    'vertical/bow.xml': '<vertical display_name="Bow and stern"><html url_name="bow"/><video url_name="harbor"/></vertical>',
    'html/bow.xml': '<html filename="bow" display_name="Bow"/>',
    'html/bow.html':
      '<p>The <strong>bow</strong> is 5 * 2 feet. <img src="/static/a_cover.png" alt="A boat"></p>\n\n    <p>Then <a href="/jump_to_id/true">the wind</a>.</p><script>alert(1)</script><p>\\(a_1\\)</p>',
    'video/harbor.xml': '<video display_name="Harbor" youtube_id_1_0="8J4WuMdKCDM"><transcript language="en" src="harbor-en.srt"/></video>',
    'static/harbor-en.srt': '1\n00:00:00,000 --> 00:01:02,500\nAhoy\n',
    'static/a cover.png': picture,
    'static/unused.js': 'alert(1)',
    'vertical/true.xml': '<vertical display_name="True wind"><html>It <b>blows</b>.</html><problem url_name="knots"/><poll url_name="p" question="Ready?"/></vertical>',
    'vertical/quiz.xml': '<vertical display_name="Test"><problem url_name="side"/><problem url_name="code"/></vertical>',
    'problem/knots.xml':
      '<problem display_name="Knots"><numericalresponse answer="600"><label>How many?</label><responseparam type="tolerance" default="5%"/><formulaequationinput/></numericalresponse></problem>',
    'problem/side.xml':
      '<problem><p>Look: <img src="/static/a_cover.png" alt="x"/></p><multiplechoiceresponse><label>Which side?</label><choicegroup><choice correct="false">Left</choice><choice correct="true">Right<choicehint>Well done.</choicehint></choice></choicegroup><solution><p>Explanation</p><p>It is green.</p></solution></multiplechoiceresponse></problem>',
    'problem/code.xml': '<problem display_name="By program"><script type="loncapa/python">x = 1</script><numericalresponse answer="$x"><label>x?</label></numericalresponse></problem>',
  };
}

/** Files as a tar archive. */
export async function tarOf(files: Record<string, string | Uint8Array>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, Buffer.from(content));
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
