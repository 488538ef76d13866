import { InexactNumberError, parseJson } from '@procos/json';
import { boundedJson, JsonBoundsError } from '../validation/bounded-json.ts';

const bounds = { depth: 100, values: 500_000, characters: 50_000_000 };

/** The JSON of an answer, or why there is none. */
export interface JsonBody {
  /** `null` when there is none, or the answer is the word `null`. */
  readonly json: unknown;
  /** A sentence; `null` when the answer does not say that it is JSON, is empty, or could be read. */
  readonly jsonError: string | null;
}

/** Reads the JSON of an answer whose media type says it is JSON. Long integers keep their digits. */
export function parseJsonBody(text: string, contentType: string): JsonBody {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(application|text)\/([\w.+-]+\+)?json$/.test(mediaType) || text.trim() === '')
    return { json: null, jsonError: null };
  try {
    return { json: boundedJson(parseJson(text), bounds), jsonError: null };
  } catch (thrown) {
    if (thrown instanceof InexactNumberError) return { json: null, jsonError: `${thrown.message}.` };
    if (thrown instanceof JsonBoundsError)
      return { json: null, jsonError: `The JSON of the answer ${thrown.message}.` };
    // The parser's message would quote the answer.
    if (thrown instanceof SyntaxError)
      return { json: null, jsonError: 'The answer says that it is JSON, and is none.' };
    throw thrown;
  }
}
