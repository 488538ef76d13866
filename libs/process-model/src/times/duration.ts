/** `xsd:duration` as Java reads it: only seconds have fractions, no weeks. */
const plain = /^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;
/** Weeks stand alone. */
const weeks = /^P\d+W$/;
/** The form that dates take too: whatever stands in it is added to now. */
const period = /^P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;

/** Whether the engine takes a text as the duration of a timer. */
export function isDuration(text: string): boolean {
  return plain.test(text) || weeks.test(text);
}

/** Whether the engine takes a text as a duration where a date is asked for. */
export function isPeriod(text: string): boolean {
  return period.test(text);
}
