import { crc32 } from 'node:zlib';

/** CRC-32 of a text, eight hexadecimal digits: catches accidents (flipped bits, lost blocks), and is no seal. */
export function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** Checksums of the fields of a value, by name. Fields that JSON leaves out have none. */
export function fieldSums(value: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, part]) => {
      const text = JSON.stringify(part) as string | undefined;
      return text === undefined ? [] : [[field, checksum(text)]];
    }),
  );
}

/** The first field whose checksum does not fit, or that has none or is missing; null when all fit. */
export function damagedField(
  value: Readonly<Record<string, unknown>>,
  sums: Readonly<Record<string, string>>,
): string | null {
  const found = fieldSums(value);
  return (
    [...new Set([...Object.keys(sums), ...Object.keys(found)])].find((field) => sums[field] !== found[field]) ?? null
  );
}
