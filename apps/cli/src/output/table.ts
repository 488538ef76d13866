import stringWidth from 'string-width';
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
  /** Left out where there is no room for it; the documents of `--json` have it. @default false */
  readonly optional?: boolean;
}

export type Row = readonly (Cell | string)[];

export interface TableOptions {
  /** Characters in one line. @default unlimited */
  readonly width?: number | undefined;
  readonly paint: Paint;
}

const gap = 2;
const narrowest = 6;
/** A column that would have to be cut further than this is left out, if it may be. */
const readable = 12;

/** Lines of aligned columns under their titles; the widest cells are cut until a line fits into the width. */
export function renderTable(columns: readonly Column[], rows: readonly Row[], { width, paint }: TableOptions): string {
  const cells = rows.map((row) => columns.map((_, index) => toCell(row[index])));
  const natural = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => stringWidth(row[index]?.text ?? ''))),
  );
  const widths = width === undefined ? natural : fit(columns, natural, width);
  const header = columns.map(({ title }): Cell => ({ text: title.toUpperCase(), tone: 'dim' }));
  return [header, ...cells].map((row) => `${renderRow(columns, row, widths, paint)}\n`).join('');
}

function toCell(cell: Cell | string | undefined): Cell {
  const { text, tone } = typeof cell === 'object' ? cell : { text: cell ?? '', tone: undefined };
  return { text: printable(text), ...(tone === undefined ? {} : { tone }) };
}

/** Leaves out columns that nobody needs to copy, from the right, then takes one character after the other from the widest. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const room = (least: (index: number) => number) =>
    shown(widths).reduce((sum, index) => sum + least(index) + gap, -gap);
  const least = (index: number) =>
    columns[index]?.whole === true ? (natural[index] ?? 0) : Math.min(natural[index] ?? 0, readable);
  for (let last = columns.length - 1; last >= 0 && room(least) > width; last--)
    if (columns[last]?.optional === true) widths[last] = 0;
  let excess = room((index) => widths[index] ?? 0) - width;
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

/** The columns that are there: one without any width has neither title nor cells. */
function shown(widths: readonly number[]): number[] {
  return widths.flatMap((width, index) => (width === 0 ? [] : [index]));
}

function renderRow(columns: readonly Column[], row: readonly Cell[], widths: readonly number[], paint: Paint): string {
  const indexes = shown(widths);
  const parts = indexes.map((index) => {
    const width = widths[index] ?? 0;
    const { text, tone } = row[index] ?? { text: '', tone: undefined };
    const fitting = cut(text, width);
    const padding = ' '.repeat(Math.max(0, width - stringWidth(fitting)));
    const isLast = index === indexes.at(-1);
    return columns[index]?.align === 'right'
      ? padding + paint(fitting, tone)
      : paint(fitting, tone) + (isLast ? '' : padding);
  });
  return parts.join(' '.repeat(gap)).trimEnd();
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** By what a reader sees as one character: half an emoji is none, and a Chinese character takes two places. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of characters.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
}
