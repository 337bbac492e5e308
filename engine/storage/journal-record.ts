import { checksum, damagedField, fieldSums } from './checksum.ts';
import { parseUntrusted } from './untrusted-json.ts';

/**
 * A record as a line: `{"sum":…,"number":…,"fields":{…},"record":{…}}`. `sum` is the checksum of everything after it, `number` counts the records from 1, by which a whole line
 * that is missing or there twice is noticed; `fields` are the checksums of the record's parts, by which damage is named.
 */
export function formatRecord(record: Readonly<Record<string, unknown>>, number: number): string {
  const rest = `"number":${number},"fields":${JSON.stringify(fieldSums(partsOf(record)))},"record":${JSON.stringify(record)}}`;
  return `{"sum":"${checksum(rest)}",${rest}`;
}

/** What a line holds, or what is wrong with it, in words that follow "line 3 of the journal is damaged: ". */
export type ReadRecord = {
  summed: boolean;
  /** Null in journals of earlier versions, and where the line is damaged. */
  number: number | null;
} & ({ record: unknown } | { problem: string });

const form = /^\{"sum":"([0-9a-f]{8})",((?:"number":\d+,)?"fields":.*)$/s;

/** Reads a line back. A line without a checksum is one of version 1, or damaged where that cannot be: the caller knows. */
export function readRecord(line: string): ReadRecord {
  const found = form.exec(line);
  let content: unknown;
  try {
    content = parseUntrusted(line, 'it');
  } catch {
    return { summed: found !== null, number: null, problem: 'it is not JSON' };
  }
  if (!isObject(content) || !('sum' in content)) return { summed: false, number: null, record: content };
  if (found?.[1] !== undefined && found[2] !== undefined && checksum(found[2]) === found[1])
    return {
      summed: true,
      number: typeof content['number'] === 'number' ? content['number'] : null,
      record: content['record'],
    };
  const sums = isObject(content['fields']) ? content['fields'] : {};
  const known = Object.fromEntries(Object.entries(sums).map(([field, sum]) => [field, String(sum)]));
  const field = isObject(content['record']) ? damagedField(partsOf(content['record']), known) : 'record';
  return {
    summed: true,
    number: null,
    problem: field === null ? 'it does not fit its checksum' : `field "${field}" does not fit its checksum`,
  };
}

/** The parts of a record that have checksums of their own: its fields, and those of a round one by one. */
function partsOf(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { round, ...others } = record;
  if (!isObject(round)) return { ...record };
  return { ...others, ...Object.fromEntries(Object.entries(round).map(([field, part]) => [`round.${field}`, part])) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
