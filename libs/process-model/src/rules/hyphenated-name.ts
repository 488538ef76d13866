/**
 * A name with a hyphen in an expression, such as `order-total`, which is a subtraction for the engine. Between letters and
 * without spaces it is nearly always meant as a name; texts in quotes are left out.
 *
 * @returns undefined when there is none
 */
export function hyphenatedName(expression: string): string | undefined {
  const withoutTexts = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  return /(?<![\p{L}\p{N}_$.])[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}_][\p{L}\p{N}_]*)+/u.exec(withoutTexts)?.[0];
}
