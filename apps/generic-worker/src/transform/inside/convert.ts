import { InexactNumberError, parseJson } from '@procos/json';
import type { StepConfig } from '../transformation.ts';
import { readCsv, writeCsv } from './csv.ts';
import { MalformedError, StepError } from './fault.ts';
import { readXml } from './read-xml.ts';
import { jsonPosition } from './runtime-sentences.ts';
import { writeXml } from './write-xml.ts';

/** From one form of data into another, by way of values. */
export function convertData(data: unknown, config: StepConfig<'convert'>): unknown {
  const value = read(data, config);
  if (config.to === 'csv') return writeCsv(rowsOf(value), config);
  if (config.to === 'xml') return writeXml(value, config);
  return value;
}

function read(data: unknown, config: StepConfig<'convert'>): unknown {
  if (config.from === 'json') return typeof data === 'string' ? parsed(data) : data;
  if (typeof data !== 'string') throw new MalformedError('data', `it is no ${config.from.toUpperCase()} text`);
  return config.from === 'csv' ? readCsv(data, config) : readXml(data, config);
}

function parsed(text: string): unknown {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    if (thrown instanceof InexactNumberError)
      throw new MalformedError('data', `it holds a number that cannot be kept: ${thrown.message}`);
    const position = jsonPosition(thrown);
    throw new MalformedError(position === undefined ? 'data' : `data, character ${position + 1}`, 'it is no JSON');
  }
}

/** A list, or the list inside of what holds nothing else, as XML has it; any other value is one row. */
function rowsOf(value: unknown): readonly unknown[] {
  let inner = value;
  while (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
    const members: readonly unknown[] = Object.values(inner);
    const [only] = members;
    if (members.length !== 1 || typeof only !== 'object' || only === null) break;
    inner = only;
  }
  if (Array.isArray(inner)) return inner as readonly unknown[];
  if (typeof inner === 'object' && inner !== null) return [inner];
  throw new StepError('data', 'it is neither a list nor an object');
}
