import { describe, expect, it } from 'vitest';
import { lintProcessModel } from './lint-process-model.ts';
import { readProcessModel } from './read-process-model.ts';
import { isProcessModelError } from './errors.ts';
import { inputParameter, taskModel } from './fixtures/model-builder.ts';

const good = taskModel();
const withoutProlog = taskModel({}, { prolog: '' }).trimStart();
const nested = (levels: number): string =>
  inputParameter(`${'<camunda:list>'.repeat(levels)}${'</camunda:list>'.repeat(levels)}`);

const waypoints = (count: number): string => '<di:waypoint x="0" y="0" />'.repeat(count);
const drawn = (count: number): string =>
  good.replace(
    '</bpmn:definitions>',
    `<bpmndi:BPMNDiagram><bpmndi:BPMNPlane><bpmndi:BPMNEdge>${waypoints(count)}</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`,
  );
const strewn = (count: number): string => good.replace('</bpmn:definitions>', `${waypoints(count)}</bpmn:definitions>`);

const refusals: readonly {
  readonly name: string;
  readonly xml: string;
  readonly code: string;
  readonly message: string;
}[] = [
  {
    name: 'an external entity',
    xml: `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${withoutProlog}`,
    code: 'PROCOS_MODEL_DOCTYPE',
    message: 'The model contains a markup declaration such as <!DOCTYPE> (line 1)',
  },
  {
    name: 'a bare DOCTYPE on the second line',
    xml: `\n<!doctype html>${withoutProlog}`,
    code: 'PROCOS_MODEL_DOCTYPE',
    message: 'The model contains a markup declaration such as <!DOCTYPE> (line 2)',
  },
  {
    name: 'XInclude',
    xml: taskModel({
      extensions: '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" />',
    }),
    code: 'PROCOS_MODEL_XINCLUDE',
    message: 'The model uses XInclude (line 6)',
  },
  {
    name: 'more than eight megabytes',
    xml: taskModel({ children: `<!--${'x'.repeat(8 * 1024 * 1024)}-->` }),
    code: 'PROCOS_MODEL_TOO_LARGE',
    message: `The model has ${Buffer.byteLength(taskModel({ children: '<!---->' })) + 8 * 1024 * 1024} bytes; at most 8388608 are accepted`,
  },
  {
    name: 'more than 200 levels',
    xml: taskModel({ extensions: nested(200) }),
    code: 'PROCOS_MODEL_TOO_DEEP',
    message: 'The model is nested deeper than 200 elements (line 6)',
  },
  {
    name: 'more than 10,000 elements',
    xml: taskModel({ extensions: inputParameter('<camunda:value />'.repeat(10_000)) }),
    code: 'PROCOS_MODEL_TOO_MANY_ELEMENTS',
    message: 'The model has more than 10000 XML elements',
  },
  {
    name: 'a drawing of more than 100,000 elements',
    xml: drawn(100_000),
    code: 'PROCOS_MODEL_TOO_MANY_ELEMENTS',
    message: 'The model has more than 100000 XML elements',
  },
  {
    name: 'parts of a drawing beside a diagram',
    xml: strewn(10_001),
    code: 'PROCOS_MODEL_TOO_MANY_ELEMENTS',
    message: 'The model has more than 10000 XML elements',
  },
  {
    name: 'another declared encoding',
    xml: good.replace('encoding="UTF-8"', 'encoding="UTF-7"'),
    code: 'PROCOS_MODEL_ENCODING',
    message: 'The model is not declared and stored as XML 1.0 in UTF-8: encoding UTF-7',
  },
  {
    name: 'a declared encoding with a very long name',
    xml: good.replace('encoding="UTF-8"', `encoding="${'x'.repeat(300)}"`),
    code: 'PROCOS_MODEL_ENCODING',
    message: `The model is not declared and stored as XML 1.0 in UTF-8: encoding ${'x'.repeat(40)}`,
  },
  {
    name: 'XML 1.1',
    xml: good.replace('version="1.0"', 'version="1.1"'),
    code: 'PROCOS_MODEL_ENCODING',
    message: 'The model is not declared and stored as XML 1.0 in UTF-8: version 1.1',
  },
  ...['standalone=""', 'standalone="true"', 'version2="1"'].map((attribute) => ({
    name: `a declaration with ${attribute}`,
    xml: good.replace('encoding="UTF-8"', `encoding="UTF-8" ${attribute}`),
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: malformed XML declaration (line 1, column 1)',
  })),
  {
    name: 'an attribute twice under two prefixes of one namespace',
    xml: taskModel({ attributes: 'xmlns:same="http://camunda.org/schema/1.0/bpmn" same:topic="other"' }),
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: the attribute topic twice in one namespace (line 6, column 5)',
  },
  {
    name: 'bytes that were not UTF-8',
    xml: taskModel({ attributes: 'name="\uFFFD"' }),
    code: 'PROCOS_MODEL_ENCODING',
    message: 'The model is not declared and stored as XML 1.0 in UTF-8: bytes that are not UTF-8 in line 6',
  },
  {
    name: 'a NUL character',
    xml: taskModel({ attributes: 'name="\u0000"' }),
    code: 'PROCOS_MODEL_CONTROL_CHARACTER',
    message: 'The model contains the character U+0000, which XML does not allow (line 6)',
  },
  {
    name: 'a control character as a reference',
    xml: taskModel({ attributes: 'name="&#x1b;"' }),
    code: 'PROCOS_MODEL_CONTROL_CHARACTER',
    message: 'The model contains the character U+001B, which XML does not allow (line 6)',
  },
  {
    name: 'half a surrogate pair',
    xml: taskModel({ attributes: 'name="\uD800"' }),
    code: 'PROCOS_MODEL_CONTROL_CHARACTER',
    message: 'The model contains the character U+D800, which XML does not allow (line 6)',
  },
  {
    name: 'an entity nobody declared',
    xml: taskModel({ attributes: 'name="&lol;"' }),
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: an entity that is not declared (line 6, column 5)',
  },
  {
    name: 'a tag that is not closed',
    xml: good.replace('</bpmn:process>', ''),
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: closing tag mismatch (line 13, column 1)',
  },
  {
    name: 'two root elements',
    xml: `${good}<again />`,
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: a second root element (line 14, column 1)',
  },
  {
    name: 'an attribute given twice',
    xml: taskModel({ attributes: 'name="a" name="b"' }),
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: attribute <name> already defined (line 6, column 5)',
  },
  {
    name: 'an empty file',
    xml: '',
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: missing start tag (line 1, column 1)',
  },
  {
    name: 'plain text',
    xml: 'not a model',
    code: 'PROCOS_MODEL_MALFORMED',
    message: 'The model is not well-formed XML: missing start tag (line 1, column 1)',
  },
  {
    name: 'XML of another kind',
    xml: '<html xmlns="http://www.w3.org/1999/xhtml" />',
    code: 'PROCOS_MODEL_NOT_BPMN',
    message: 'The root element is <html>, not the <definitions> of BPMN 2.0',
  },
  {
    name: 'definitions of another language',
    xml: '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" />',
    code: 'PROCOS_MODEL_NOT_BPMN',
    message: 'The root element is <definitions>, not the <definitions> of BPMN 2.0',
  },
];

describe('the safe intake', () => {
  it.each(refusals)('refuses $name', async ({ xml, code, message }) => {
    const error: unknown = await readProcessModel(xml).catch((thrown: unknown) => thrown);

    expect(isProcessModelError(error)).toBe(true);
    expect(error).toMatchObject({ code, message, remedy: expect.stringMatching(/\.$/) as string });
  });

  it.each(refusals)('reports $name as a finding of the lint', async ({ xml, code, message }) => {
    const findings = await lintProcessModel(xml, { file: 'upload.bpmn' });

    const rule = ['PROCOS_MODEL_MALFORMED', 'PROCOS_MODEL_NOT_BPMN'].includes(code) ? 'readable' : 'safe-intake';
    expect(findings).toContainEqual(expect.objectContaining({ file: 'upload.bpmn', rule, severity: 'error', message }));
  });

  it.each([
    ['a byte order mark', `\uFEFF${good}`],
    ['line ends of Windows', good.replaceAll('\n', '\r\n')],
    ['no XML declaration', withoutProlog],
    ['a lower case encoding', good.replace('UTF-8', 'utf-8')],
    ['the word DOCTYPE in a comment', taskModel({ children: '<!-- <!DOCTYPE x> -->' })],
    ['a drawing of 20,000 elements', drawn(20_000)],
    ['199 levels', taskModel({ extensions: nested(190) })],
    ['characters of every script', taskModel({ attributes: 'name="prüfen 检查 فحص 🚀"' })],
  ])('accepts %s', async (_name, xml) => {
    await expect(readProcessModel(xml)).resolves.toMatchObject({ processes: [{ id: 'order' }] });
  });
});
