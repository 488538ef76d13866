import { printable, type Paint, type Tone } from './style.ts';

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

export interface Column {
  readonly title: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** Never cut, such as an id that will be copied. @default false */
  readonly whole?: boolean;
}

export type Row = readonly (Cell | string)[];

export interface TableOptions {
  /** Characters in one line. @default unlimited */
  readonly width?: number | undefined;
  readonly paint: Paint;
}

const gap = 2;
const narrowest = 6;

/** Lines of aligned columns under their titles; the widest cells are cut until a line fits into the width. */
export function renderTable(columns: readonly Column[], rows: readonly Row[], { width, paint }: TableOptions): string {
  const cells = rows.map((row) => columns.map((_, index) => toCell(row[index])));
  const natural = columns.map(({ title }, index) => Math.max(lengthOf(title), ...cells.map((row) => lengthOf(row[index]?.text ?? ''))));
  const widths = width === undefined ? natural : fit(columns, natural, width);
  const header = columns.map(({ title }): Cell => ({ text: title.toUpperCase(), tone: 'dim' }));
  return [header, ...cells].map((row) => `${renderRow(columns, row, widths, paint)}\n`).join('');
}

function toCell(cell: Cell | string | undefined): Cell {
  const { text, tone } = typeof cell === 'object' ? cell : { text: cell ?? '', tone: undefined };
  return { text: printable(text), ...(tone === undefined ? {} : { tone }) };
}

/** Takes one character after the other from the widest column that may be cut. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, 0) + gap * (columns.length - 1) - width;
  for (; excess > 0; excess--) {
    const widest = columns.reduce((best, column, index) => {
      if (column.whole === true) return best;
      return best === -1 || (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best;
    }, -1);
    if (widest === -1 || (widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function renderRow(columns: readonly Column[], row: readonly Cell[], widths: readonly number[], paint: Paint): string {
  const parts = columns.map(({ align }, index) => {
    const width = widths[index] ?? 0;
    const { text, tone } = row[index] ?? { text: '', tone: undefined };
    const shown = cut(text, width);
    const padding = ' '.repeat(width - lengthOf(shown));
    const isLast = index === columns.length - 1;
    return align === 'right' ? padding + paint(shown, tone) : paint(shown, tone) + (isLast ? '' : padding);
  });
  return parts.join(' '.repeat(gap)).trimEnd();
}

/** Characters, not code units: an emoji is one. */
function lengthOf(text: string): number {
  return [...text].length;
}

function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
