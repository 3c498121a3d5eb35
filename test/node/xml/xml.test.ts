import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { escapeXml, readXml, XmlError } from '../../../src/pbx/xml/index.js';
import { cpuTime } from '../../support/cpu-time.js';

const element = (name: string, rest: Partial<ReturnType<typeof readXml>> = {}) => ({
  name,
  attributes: [],
  text: '',
  children: [],
  ...rest,
});

describe('reading XML', () => {
  it('gives elements, their attributes, text and children', () => {
    assert.deepEqual(
      readXml(`\uFEFF\r\n<?xml version="1.0" encoding="utf-8"?>
        <!-- a note --><a x="1" y:z='"&lt;'>one<b/>two<c>&lt;&#65;&#x1F600;&amp;amp;<![CDATA[<&]]></c></a>\n`),
      element('a', {
        attributes: [
          { name: 'x', value: '1' },
          { name: 'y:z', value: '"<' },
        ],
        text: 'onetwo',
        children: [element('b'), element('c', { text: '<A😀&amp;<&' })],
      }),
    );
  });

  it('keeps names that mean something to JavaScript', () => {
    assert.deepEqual(readXml('<__proto__ __proto__="1" constructor="2"/>'), {
      ...element('__proto__'),
      attributes: [
        { name: '__proto__', value: '1' },
        { name: 'constructor', value: '2' },
      ],
    });
  });

  it('refuses everything else', () => {
    for (const text of [
      '',
      ' ',
      'text',
      '<a>',
      '</a>',
      '<a></b>',
      '<a/><b/>',
      '<a/>text',
      '<a x=1/>',
      '<a x/>',
      '<a x="<"/>',
      '<a x="1"y="2"/>',
      '<a x="1" x="2"/>',
      '<1/>',
      '<a>&nbsp;</a>',
      '<a>& </a>',
      '<a>&#0;</a>',
      '<a>&#xFFFFFF;</a>',
      '<a>&#xD800;</a>',
      '<a>&__proto__;</a>',
      '<a>\u0000</a>',
      '<a>\uFFFE</a>',
      '<a>\uD800</a>',
      '<a>]]></a>',
      '<!DOCTYPE a><a/>',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
      '<a><?x?></a>',
      '<?xml-stylesheet href="x"?><a/>',
      '<a><!-- -- --></a>',
      '<?xml version="1.0"?><?xml version="1.0"?><a/>',
      '<?xml version="1.1"?><a>&#1;</a>',
      `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`,
    ]) {
      assert.throws(() => readXml(text), XmlError, text);
    }
  });

  it('says what is wrong and where', () => {
    const message = (text: string) => {
      try {
        readXml(text);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    assert.equal(message('<a>\n  <b x=1/></a>'), 'line 2, column 8: unquoted attribute value');
    assert.equal(message('\n<?xml version="1.0"?>\n<a></b>'), 'line 3, column 7: unexpected close tag');
    assert.equal(message('<!DOCTYPE a><a/>'), 'line 1, column 12: a document type declaration is not taken');
    assert.match(message('<a x="http://b/?c=1&d=2"/>'), /an ampersand in text is written &amp;\)$/);
    assert.match(message(`<a>${'x'.repeat(70_000)}</a>`), /longer than 65536 characters/);
    assert.ok(message(`<${'x'.repeat(10_000)}>`).length < 200);
  });

  it('takes other limits', () => {
    const deep = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    assert.ok(readXml(deep(16)));
    assert.ok(readXml(deep(20), { maxDepth: 20 }));
    assert.throws(() => readXml(deep(21), { maxDepth: 20 }), /more than 20 deep/);
    assert.throws(() => readXml('<a/>', { maxLength: 3 }), XmlError);
  });

  it('takes no longer for what is made to take long', () => {
    const size = 1_000_000;
    const start = cpuTime();
    for (const text of [
      '<a>'.repeat(size / 3),
      `<a ${'x="" '.repeat(size / 5)}`,
      `<a ${Array.from({ length: size / 10 }, (_, index) => `a${index}=""`).join(' ')}`,
      `<a>${'&'.repeat(size)}</a>`,
      `<a>${'&amp;'.repeat(size / 5)}`,
      `<!--${'-'.repeat(size)}`,
      `<a${' '.repeat(size)}`,
      `<?xml version="1.0"${' '.repeat(size)}`,
      ' '.repeat(size),
      `<!DOCTYPE a [${'<!ENTITY b "c">'.repeat(size / 15)}]><a/>`,
      `<a><![CDATA[${']'.repeat(size)}`,
    ]) {
      assert.throws(() => readXml(text, { maxLength: 2 * size }), XmlError);
    }
    assert.ok(cpuTime() - start < 3000);
  });

  it('reads any text or says that it cannot', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        'a',
        '"',
        "'",
        '=',
        ' ',
        '&',
        ';',
        '#',
        'x1',
        '!',
        '--',
        '[',
        ']]>',
        '<![CDATA[',
        '?',
        '\n',
      ],
      ...['<a>', '</a>', '<a/>', '<?xml version="1.0"?>', '<!DOCTYPE a>', '&amp;', '\u0000', '\uD800', 'é'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          assert.equal(typeof readXml(parts.join('')).name, 'string');
        } catch (error) {
          assert.ok(error instanceof XmlError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('writing XML', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const written = text.replace(/[\r\uFFFE\uFFFF]|[^\t\n\P{Cc}]/gu, '');
        assert.equal(readXml(`<x>${escapeXml(written)}</x>`).text, written);
        // White space in an attribute becomes blanks.
        assert.equal(
          readXml(`<x y="${escapeXml(written)}"/>`).attributes[0]?.value,
          written.replace(/[\t\n]/g, ' '),
        );
      }),
    );
    assert.equal(escapeXml('\u0000\uD800'), '??');
  });
});
