import type { z } from 'zod';
import { own } from '../own.ts';
import type { ProbeDescription } from './description.ts';
import { probeTable } from './index.ts';

type Table = typeof probeTable;
export type ProbeKey = keyof Table;
/** The probes that an experiment has settings of. */
export type ChosenProbeKey = {
  [Key in ProbeKey]: Table[Key]['settings'] extends z.ZodType ? Key : never;
}[ProbeKey];

/** All members of a union at once, as one plain object. */
type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? { [Name in keyof All]: All[Name] }
  : never;

type SettingsShape = { [Key in ChosenProbeKey]: Table[Key]['settings'] };
type FieldsShape = Together<{ [Key in ProbeKey]: Table[Key]['fields'] }[ProbeKey]>;
type Unmeasured = Together<{ [Key in ProbeKey]: ReturnType<Table[Key]['unmeasured']> }[ProbeKey]>;

/** The presets that are about one probe alone. */
export type ProbePresetName = {
  [Key in ProbeKey]: Table[Key] extends { presets: readonly { name: infer Name extends string }[] } ? Name : never;
}[ProbeKey];

/** What a round measures, cut where it can be measured again alone: a probe, or one fault of the isolation probe. */
export type Part = { [Key in ProbeKey]: keyof Table[Key]['parts'] }[ProbeKey];

/** Every probe by its name, for what is done with each alike: what it is given is its own settings and fields. */
export const probeDescriptions: readonly [key: ProbeKey, description: ProbeDescription<unknown, object>][] =
  Object.entries(probeTable) as [ProbeKey, ProbeDescription<unknown, object>][];

/** The fields of `probes` in an experiment. */
export const settingsShape = Object.fromEntries(
  probeDescriptions.flatMap(([key, { settings }]) => (settings === null ? [] : [[key, settings]])),
) as SettingsShape;

/** The fields of a round that probes fill. */
export const fieldsShape = Object.assign({}, ...probeDescriptions.map(([, { fields }]) => fields)) as FieldsShape;

/** Those fields before anything was measured. */
export const nothingMeasured = (): Unmeasured =>
  Object.assign({}, ...probeDescriptions.map(([, { unmeasured }]) => unmeasured())) as Unmeasured;

/** The probes that an experiment asks for, each with its settings. */
export function askedFor(
  probes: object,
): { key: ProbeKey; probe: ProbeDescription<unknown, object>; settings: unknown }[] {
  return probeDescriptions.flatMap(([key, probe]) => {
    const settings = own<unknown>({ ...probes }, key) ?? null;
    return settings === null ? [] : [{ key, probe, settings }];
  });
}
