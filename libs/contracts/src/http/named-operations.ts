import type { NamedOperation } from '@procos/errors';
import type { RouteContract } from './route-contract.ts';

/** A call as sentences write it: method, path, perhaps a query, perhaps a body of JSON. The full stop behind it is not its own. */
const call = /\b(GET|POST|PUT|DELETE) (\/v1\/[^\s?,;()]*[^\s?,;().:])(\?[^\s,;()]*[^\s,;().])?(?: (\{"[^}]*\}))?/g;

interface Pattern {
  readonly operationId: string;
  readonly method: string;
  readonly path: RegExp;
  readonly isFixed: boolean;
}

/** Finds the operations of an API whose calls a sentence names, in the order of the sentence. */
export function operationFinder(routes: readonly RouteContract[]): (sentence: string) => readonly NamedOperation[] {
  const patterns = routes
    .map(
      ({ operationId, method, path }): Pattern => ({
        operationId,
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
        isFixed: !path.includes(':'),
      }),
    )
    // What is written out goes before what stands for anything: /messages/replay before /messages/:id.
    .toSorted((a, b) => Number(b.isFixed) - Number(a.isFixed));
  return (sentence) => [...sentence.matchAll(call)].flatMap((found) => operationOf(found, patterns));
}

function operationOf([whole, method, path = '', query = '', body]: RegExpMatchArray, patterns: readonly Pattern[]) {
  for (const pattern of patterns) {
    const found = pattern.method === method ? pattern.path.exec(path) : null;
    if (found === null) continue;
    const operation: NamedOperation = {
      call: whole,
      operationId: pattern.operationId,
      path: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decoded(value)])),
      query: Object.fromEntries(new URLSearchParams(query)),
      ...bodyIn(body),
    };
    return [operation];
  }
  return [];
}

/** As a person writes it: `größe` for `gr%C3%B6%C3%9Fe`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // It is no text behind percent signs, but a value with such a sign.
    return value;
  }
}

function bodyIn(text: string | undefined): { readonly body?: unknown } {
  if (text === undefined) return {};
  try {
    return { body: JSON.parse(text) };
  } catch {
    // Braces of the sentence itself.
    return {};
  }
}
