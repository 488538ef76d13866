import { boundedJson, JsonBoundsError } from '../validation/bounded-json.ts';

const bounds = { depth: 100, values: 500_000, characters: 50_000_000 };

/** The JSON of an answer whose media type says it is JSON; `null` otherwise, or when it is malformed or too deep to be kept. */
export function parseJsonBody(text: string, contentType: string): unknown {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(application|text)\/([\w.+-]+\+)?json$/.test(mediaType)) return null;
  try {
    return boundedJson(JSON.parse(text), bounds);
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof JsonBoundsError) return null;
    throw thrown;
  }
}
