import { processModelErrors } from '../errors.ts';

/**
 * Refuses every XML declaration but version 1.0 in UTF-8 (or its subset US-ASCII): with another encoding the
 * engine would read another text out of the same bytes than the one that was checked here.
 */
export function refuseForeignDeclaration(instruction: string): void {
  if (!/^xml\s/.test(instruction)) return;
  const version = pseudoAttribute(instruction, 'version');
  const encoding = pseudoAttribute(instruction, 'encoding');
  if (version !== undefined && version !== '1.0') {
    throw processModelErrors.PROCOS_MODEL_ENCODING({ found: `version ${version}` });
  }
  if (encoding !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(encoding.toLowerCase())) {
    throw processModelErrors.PROCOS_MODEL_ENCODING({ found: `encoding ${encoding}` });
  }
}

function pseudoAttribute(instruction: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']{0,40})`).exec(instruction)?.[1];
}
