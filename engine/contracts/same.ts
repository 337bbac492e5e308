import type { FieldDifference } from './conformance.ts';
import { inShort } from './json.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where a value is not as it certainly should be: named fields only (`more`: others may be there too), lists in their order and length. */
export function differencesBetween(
  certain: unknown,
  came: unknown,
  { more }: { more: boolean },
  path: readonly string[] = [],
): FieldDifference[] {
  const here: FieldDifference = { path, expected: inShort(certain), came: inShort(came) };
  if (!isObject(certain) || !isObject(came)) return Object.is(certain, came) || certain === came ? [] : [here];
  if (Array.isArray(certain) !== Array.isArray(came)) return [here];
  const names = Object.keys(certain);
  const extra = Object.keys(came).filter((name) => !Object.hasOwn(certain, name));
  if (Array.isArray(certain) && extra.length > 0) return [here];
  const field = (value: object, name: string): unknown =>
    Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;
  return [
    ...names.flatMap((name) => differencesBetween(field(certain, name), field(came, name), { more }, [...path, name])),
    ...(more
      ? []
      : extra.map((name) => ({ path: [...path, name], expected: 'nothing', came: inShort(field(came, name)) }))),
  ];
}
