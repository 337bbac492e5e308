/**
 * What is kept by names that come from manifests, files and command lines. The types cannot be asked here, so the rule knows the records by
 * their names; anything else with such a name is an array and is read by a number that is written down.
 */
const records = new Set([
  'topologies',
  'modules',
  'endpoints',
  'journeys',
  'tunables',
  'needs',
  'methods',
  'weights',
  'shares',
  'drafts',
]);
/** The generator keeps compiled journeys and endpoints in arrays, by number. */
const byNumber = 'engine/load/';

/** What is wrong with reading `name[key]`; undefined when nothing is. */
export function judgeLookUp(file: string, name: string | undefined): string | undefined {
  if (name === undefined || !records.has(name) || file.startsWith(byNumber) || /\.test\.tsx?$|\/testing\//.test(file))
    return undefined;
  return `Look-up by a name from outside also finds what every object inherits: write own(${name}, ...) instead of ${name}[...].`;
}
