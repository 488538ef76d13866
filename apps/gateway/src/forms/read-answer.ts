import type { FormField } from '@procos/process-model';

/** An answer as the engine takes it, or what is wrong with it. */
export type ReadAnswer = { readonly value: unknown } | { readonly fault: string };

/** Reads the answer to one field by its type; rules are another matter. Types of foreign engines are taken as they come. */
export function readAnswer(field: FormField, given: unknown): ReadAnswer {
  const read = readers[field.type];
  return read === undefined ? { value: given } : read(given, field);
}

const readers: Readonly<Record<string, (given: unknown, field: FormField) => ReadAnswer>> = {
  string: (given) => (typeof given === 'string' ? { value: given } : { fault: 'must be text' }),
  long: (given) => (Number.isSafeInteger(given) ? { value: given } : { fault: 'must be a whole number' }),
  boolean: (given) => {
    if (typeof given === 'boolean') return { value: given };
    return given === 'true' || given === 'false' ? { value: given === 'true' } : { fault: 'must be true or false' };
  },
  enum: (given, { choices }) => {
    const known = choices.map(({ id }) => id);
    return known.length === 0 || known.some((id) => id === given)
      ? { value: given }
      : { fault: `must be one of ${known.join(', ')}` };
  },
  date: (given) =>
    readDate(given) ?? { fault: 'must be a date such as 2026-03-31, or a moment such as 2026-03-31T12:00:00Z' },
};

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;

/** `Date` would take the 31st of April for the 1st of May. */
function readDate(given: unknown): ReadAnswer | undefined {
  const parts = typeof given === 'string' ? isoDate.exec(given) : null;
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number);
  const lastDay = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  const value = new Date(parts[0]);
  const exists = (month ?? 0) >= 1 && (month ?? 0) <= 12 && (day ?? 0) >= 1 && (day ?? 0) <= lastDay;
  return exists && !Number.isNaN(value.getTime()) ? { value } : undefined;
}
