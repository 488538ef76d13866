import { caseFile } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { decodeModel } from './decode-model.ts';
import { fixProcessModel } from '../fix-process-model.ts';
import { lintProcessModel } from '../lint-process-model.ts';
import { taskModel } from '../fixtures/model-builder.ts';

const named = taskModel({ attributes: 'name="Prüfen – €"' });
const declaring = (encoding: string, xml: string): string => xml.replace('encoding="UTF-8"', `encoding="${encoding}"`);
const latin1 = (xml: string): Uint8Array =>
  Uint8Array.from(xml.replaceAll('–', '-').replaceAll('€', 'E'), (character) => character.charCodeAt(0));
const utf16 = (xml: string): Buffer => Buffer.from(`\uFEFF${xml}`, 'utf16le');

const encodingFindings = async (bytes: Uint8Array) =>
  (await lintProcessModel(decodeModel(bytes))).filter(({ rule }) => rule === 'safe-intake');

describe('a model that declares another encoding than UTF-8', () => {
  it.each(['ISO-8859-1', 'iso-8859-15', 'windows-1252', 'US-ASCII', 'utf-8'])(
    'is read when all of it is ASCII: %s',
    async (encoding) => {
      expect(await encodingFindings(Buffer.from(declaring(encoding, taskModel())))).toEqual([]);
    },
  );

  it.each([
    'b01a-declared-latin1-ascii-only.bpmn',
    'b01b-declared-cp1252-ascii-only.bpmn',
    'b01e-utf8-bom-crlf.bpmn',
    'b01g-no-declaration.bpmn',
  ])('is read and left as it is: %s', async (name) => {
    expect(await encodingFindings(caseFile('bpmn', name))).toEqual([]);
    const xml = decodeModel(caseFile('bpmn', name));
    expect((await fixProcessModel(xml)).applied.map(({ rule }) => rule)).not.toContain('safe-intake');
  });

  it.each([
    ['b01c-latin1-real-umlaut.bpmn', 'encoding ISO-8859-1, with "ü" in line'],
    ['b01d-utf16le-bom.bpmn', 'encoding UTF-16LE'],
    ['b01f-says-utf8-is-latin1.bpmn', 'encoding windows-1252, with "ü" in line'],
    ['e_ascii.bpmn', 'encoding US-ASCII, with "ü" in line'],
  ])('names what was found, the line and the command, and is converted: %s', async (name, found) => {
    const bytes = caseFile('bpmn', name);

    const [finding, ...others] = await encodingFindings(bytes);

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'error',
      fixable: true,
      remedy: expect.stringContaining('procos lint FILE --fix') as string,
    });
    expect(finding?.message).toContain(found);
    const { xml, applied } = await fixProcessModel(decodeModel(bytes));
    expect(applied[0]).toMatchObject({
      rule: 'safe-intake',
      description: expect.stringMatching(/^declared UTF-8 instead of /) as string,
    });
    expect(await encodingFindings(Buffer.from(xml))).toEqual([]);
    expect(xml.includes('\uFFFD')).toBe(false);
  });

  it('tells everything else that is wrong with it as well', async () => {
    const findings = await lintProcessModel(
      declaring('ISO-8859-1', named.replace('camunda:historyTimeToLive="P30D"', '')),
    );

    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['safe-intake', 'history-time-to-live']));
  });

  it.each([
    ['UTF-8 with a false label', Buffer.from(declaring('ISO-8859-1', named)), 'Prüfen – €'],
    ['Latin-1 with its label', latin1(declaring('ISO-8859-1', named)), 'Prüfen - E'],
    ['Latin-1 without a declaration', latin1(named.replace(/^<\?xml.*\?>\n/, '')), 'Prüfen - E'],
    ['Latin-1 that names only a version', latin1(named.replace(' encoding="UTF-8"', '')), 'Prüfen - E'],
    ['UTF-16 with a byte order mark', utf16(declaring('UTF-16', named)), 'Prüfen – €'],
    ['UTF-16 without one', Buffer.from(declaring('UTF-16', named), 'utf16le'), 'Prüfen – €'],
    ['UTF-16 that says UTF-8', utf16(named), 'Prüfen – €'],
    ['UTF-16, the other byte order', Buffer.from(utf16(declaring('UTF-16', named))).swap16(), 'Prüfen – €'],
  ])('keeps its letters when it is converted: %s', async (_name, bytes, letters) => {
    const [finding] = await encodingFindings(bytes);
    expect(finding).toMatchObject({ fixable: true });

    const { xml } = await fixProcessModel(decodeModel(bytes));

    expect(xml).toContain(`name="${letters}"`);
    expect(await encodingFindings(Buffer.from(xml))).toEqual([]);
  });

  it('is read with quotes of either kind and keeps the rest of its declaration', () => {
    const bytes = Buffer.from([
      ...Buffer.from("<?xml version='1.0' encoding='UTF-8' standalone='yes'?><r a=\""),
      0xfc,
      ...Buffer.from('"/>'),
    ]);

    expect(decodeModel(bytes)).toBe("<?xml version='1.0' encoding='windows-1252' standalone='yes'?><r a=\"ü\"/>");
  });
});
