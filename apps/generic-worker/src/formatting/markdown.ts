import { isStructure, members, type ResponseParts, scalar } from './plain-text.ts';

/** An answer in Markdown: text is taken for Markdown already, structures become nested lists, metadata follow below a rule. */
export function markdown({ response, metadata }: ResponseParts, title?: string): string {
  const body = isStructure(response) ? list(response, '').join('\n') : scalar(response);
  return [
    ...(title === undefined ? [] : [`# ${title.replaceAll(/\s+/g, ' ').trim()}`]),
    body,
    ...(metadata === undefined ? [] : ['---', list(metadata, '').join('\n')]),
  ].join('\n\n');
}

function list(value: object, indent: string): readonly string[] {
  return members(value).flatMap(([name, inner]) => {
    const label = name === '' ? '' : `**${escape(name)}**`;
    const nested = isStructure(inner) && members(inner).length > 0;
    const rendered = nested ? '' : isStructure(inner) ? '(none)' : scalar(inner).replaceAll('\n', `\n${indent}  `);
    const head = [label, rendered].filter((part) => part !== '').join(': ');
    return [`${indent}- ${head}`.trimEnd(), ...(nested ? list(inner, `${indent}  `) : [])];
  });
}

/** Names of fields are no Markdown: `max_tokens` stays itself. */
function escape(name: string): string {
  return name.replaceAll(/[\\`*_[\]<>]/g, (mark) => `\\${mark}`);
}
