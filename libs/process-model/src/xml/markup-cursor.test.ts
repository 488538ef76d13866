import { describe, expect, it } from 'vitest';
import { parseXml } from './parse-xml.ts';
import { attributeValue, selfAndDescendants } from './xml-tree.ts';

const placesIn = (xml: string) =>
  Array.from(
    selfAndDescendants(parseXml(xml).root),
    (element) => `${attributeValue(element, 'id')} ${element.position?.line}:${element.position?.column}`,
  );

describe('the place of an element', () => {
  it.each([
    [
      'a start tag over several lines',
      '<a id="a">\n  <b\n    id="b"\n    c="d"/>\n  <b id="c"/></a>',
      ['a 1:1', 'b 2:3', 'c 5:3'],
    ],
    [
      'line ends of Windows and of old Macs',
      '<?xml version="1.0"?>\r\n<a id="a">\r\n<b id="b"/>\r<b id="c"/></a>',
      ['a 2:1', 'b 3:1', 'c 4:1'],
    ],
    ['a byte order mark', '\uFEFF<a id="a"/>', ['a 1:1']],
    [
      'a comment that holds the tag',
      '<!-- <a id="x"> -->\n<a id="a"><!--\n<b id="y"/>\n--><b id="b"/></a>',
      ['a 2:1', 'b 4:4'],
    ],
    ['a CDATA section that holds the tag', '<a id="a"><![CDATA[\n<b id="y"/>]]> <b id="b"/></a>', ['a 1:1', 'b 2:16']],
    ['an instruction that holds the tag', '<a id="a"><?x <b id="y"/>?>\n<b id="b"/></a>', ['a 1:1', 'b 2:1']],
    [
      'names that begin alike',
      '<a id="a"><ab id="ab"/><a id="b"/>\n<abc id="abc"/></a>',
      ['a 1:1', 'ab 1:11', 'b 1:24', 'abc 2:1'],
    ],
    ['a > in an attribute and line feeds in values', '<a id="a" t="x>\ny"><b id="b"/></a>', ['a 1:1', 'b 2:4']],
  ])('is told with %s', (_, xml, places) => {
    expect(placesIn(xml)).toEqual(places);
  });

  it('is found in thousands of elements at once', () => {
    const many = `<a id="a">${'\n<b id="b"/>'.repeat(4_000)}\n<c id="c"/></a>`;
    expect(placesIn(many).at(-1)).toBe('c 4002:1');
  });
});
