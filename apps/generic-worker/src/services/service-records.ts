import { compileCheck, ServiceRecord, renderFaults } from '@procos/contracts';

const checkRecord = compileCheck(ServiceRecord);

/** Reads a JSON list of registration records. The message of what it throws completes "NAME …". */
export function parseServiceRecords(text: string): readonly ServiceRecord[] {
  const given = JSON.parse(text) as unknown;
  if (!Array.isArray(given)) throw new TypeError('must be a JSON list of registration records');
  return given.map((item: unknown, index) => {
    const checked = checkRecord(item);
    if (!checked.ok) throw new TypeError(`is wrong in record ${index}: ${renderFaults(checked.faults)}`);
    return checked.value;
  });
}
