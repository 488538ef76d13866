import { describe, expect, it } from 'vitest';
import { parseXml } from './parse-xml.ts';
import { appendChild, createElement, removeAttribute, setAttribute } from './edit-xml.ts';
import { writeXml } from './write-xml.ts';
import { childElements, directText } from './xml-tree.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

describe('the XML tree', () => {
  it.each([
    ['comments, instructions and CDATA', '<!-- a -->\n<?x y?>\n<r><!-- b --><![CDATA[<&]]>text</r>'],
    ['white space', '<r>\n\n    <a />\t<b />\n</r>'],
    ['special characters', '<r a="&amp;&lt;&gt;&quot;\'&#10;&#9;">&amp;&lt;&gt;"\' 🚀</r>'],
    ['line ends of Windows, tabs and quotes', '<r a=\'1\'\r\n\tb="2"\t>\r\n\t<a></a><b/>\r</r >\r\n<!-- end -->'],
    ['references', '<r a="&#65;&apos;&gt;">&#x42;&quot;]]&gt;</r>'],
    ['prefixes and attribute order', '<x:r xmlns:x="urn:x" b="1" a="2" x:c="3"><x:a xmlns:x="urn:y" /></x:r>'],
  ])('is written as it was read: %s', (_name, body) => {
    const xml = `${declaration}\n${body}\n`;

    expect(writeXml(parseXml(xml))).toBe(xml);
  });

  it('is written as it was read with a byte order mark, without a declaration and without a line end', () => {
    for (const xml of ['\uFEFF<r/>', '<r/>', '<!-- a --><r />\n\n', `${declaration}<r></r>`])
      expect(writeXml(parseXml(xml))).toBe(xml);
  });

  it('changes only the attribute that was set, in the quotes of the file', () => {
    const document = parseXml("<r\r\n  a='1'\r\n  b='2'/>");

    setAttribute(document.root, 'a', '<\'"');
    setAttribute(document.root, 'c', '3');
    removeAttribute(document.root, 'b');

    expect(writeXml(document)).toBe('<r\r\n  a=\'&lt;&apos;&quot;\' c="3"/>');
  });

  it('writes new elements with the line ends and indentation of the file', () => {
    const document = parseXml('<r>\r\n\t<a/>\r\n</r>');

    appendChild(document.root, createElement('b', undefined, {}, [createElement('c', undefined)]));

    expect(writeXml(document)).toBe('<r>\r\n\t<a/>\r\n\t<b>\r\n\t\t<c />\r\n\t</b>\r\n</r>');
  });

  it('resolves prefixes in their scope', () => {
    const { root } = parseXml(
      '<x:r xmlns:x="urn:x" xmlns="urn:d"><x:a xmlns:x="urn:y" /><b x:c="1" d="2" /><z:e /></x:r>',
    );

    expect(root.uri).toBe('urn:x');
    expect(childElements(root).map(({ uri }) => uri)).toEqual(['urn:y', 'urn:d', undefined]);
    expect(childElements(root)[1]?.attributes.map(({ uri }) => uri)).toEqual(['urn:x', undefined]);
  });

  it('joins the text of an element across comments, CDATA and child elements, as the engine does', () => {
    const { root } = parseXml('<r>$<!-- -->{<a>no</a><![CDATA[b}]]>&#33;</r>');

    expect(directText(root)).toBe('${b}!');
  });

  it('reads white space in attributes as spaces, and line ends as line feeds', () => {
    const { root } = parseXml('<r a="1\r\n2\t3">4\r\n5\r6</r>');

    expect(root.attributes[0]?.value).toBe('1 2 3');
    expect(directText(root)).toBe('4\n5\n6');
  });
});
