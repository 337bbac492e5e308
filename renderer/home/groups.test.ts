import { expect, it } from 'vitest';
import { shop } from '../dev/shop.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { groupsOf } from './groups.ts';

it('every scenario has its place in exactly one of three groups, and who decides starts with the quick one', () => {
  const scenarios = scenariosFor(shop);
  const groups = groupsOf(scenarios);
  expect(groups.map(({ title }) => title)).toEqual(['Try', 'Decide', 'Study']);
  const placed = groups.flatMap((group) => group.scenarios);
  expect(placed.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
    scenarios.toSorted((a, b) => a.name.localeCompare(b.name)),
  );
  expect(groups[1]?.scenarios[0]?.name).toBe('quick');
  expect(groupsOf([])).toEqual([]);
});
