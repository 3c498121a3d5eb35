import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { escapeXml, readXml, XmlError } from '../../../src/pbx/http-api/xml.js';

describe('reading XML', () => {
  it('gives elements, their text and children', () => {
    assert.deepEqual(
      readXml(`\uFEFF<?xml version="1.0" encoding="utf-8"?>
        <!-- a note --><a x="1" y:z='"'>one<b/>two<c>&lt;&#65;&#x1F600;&amp;amp;</c></a>\n`),
      {
        name: 'a',
        text: 'onetwo',
        children: [
          { name: 'b', text: '', children: [] },
          { name: 'c', text: '<A😀&amp;', children: [] },
        ],
      },
    );
  });

  it('refuses everything else', () => {
    for (const text of [
      '',
      'text',
      '<a>',
      '</a>',
      '<a></b>',
      '<a/><b/>',
      '<a/>text',
      '<a x=1/>',
      '<a x="<"/>',
      '<1/>',
      '<a>&nbsp;</a>',
      '<a>& </a>',
      '<a>&#0;</a>',
      '<a>&#xFFFFFF;</a>',
      '<a>&#xD800;</a>',
      '<a>&__proto__;</a>',
      '<a>\u0000</a>',
      '<a>\uFFFE</a>',
      '<!DOCTYPE a><a/>',
      '<a><![CDATA[x]]></a>',
      '<a><?x?></a>',
      '<a><!-- -- --></a>',
      '<?xml version="1.0"?><?xml version="1.0"?><a/>',
      `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`,
    ]) {
      assert.throws(() => readXml(text), XmlError, text);
    }
  });

  it('takes no longer for what is made to take long', () => {
    const start = performance.now();
    for (const text of [
      `<a ${'x="" '.repeat(3000)}`,
      `<a>${'&'.repeat(15_000)}</a>`,
      `<!--${'-'.repeat(15_000)}`,
      `<a${' '.repeat(15_000)}`,
      `<?xml version="1.0"${' '.repeat(15_000)}`,
    ]) {
      assert.throws(() => readXml(text), XmlError);
    }
    assert.ok(performance.now() - start < 1000);
  });
});

describe('writing XML', () => {
  it('comes back as it was', () => {
    const text = `<a b="c">&'\n😀`;
    assert.equal(readXml(`<x>${escapeXml(text)}</x>`).text, text);
    assert.equal(escapeXml('\u0000\uD800'), '??');
  });
});
