import { jsonPlaceholders, placeholdersOf, type Journey, type Step } from '../model/index.ts';
import { renameInText, renameInJson } from './template.ts';

/** Names of the variables that a step needs, wherever it puts them. */
export function variablesOf(step: Step): string[] {
  const texts = [step.path, ...Object.values(step.headers), step.ledger?.key ?? ''];
  return [...texts.flatMap(placeholdersOf), ...jsonPlaceholders(step.body)];
}

/** The same journey with other names for its variables. */
export function renameVariables(journey: Journey, rename: (name: string) => string): Journey {
  const keys = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
  const texts = (text: string): string => renameInText(text, rename);
  return {
    ...journey,
    draw: keys(journey.draw),
    steps: journey.steps.map((step) => ({
      ...step,
      path: texts(step.path),
      headers: Object.fromEntries(Object.entries(step.headers).map(([name, value]) => [name, texts(value)])),
      ...(step.body === undefined ? {} : { body: renameInJson(step.body, rename) as Step['body'] }),
      capture: keys(step.capture),
      ...(step.ledger === undefined ? {} : { ledger: { key: texts(step.ledger.key) } }),
    })),
  };
}
