import type { Application } from '../application.ts';
import { faultParameters, type Fault } from '../fault.ts';
import type { FieldProblem } from '../field-problem.ts';

/** Less of it does nothing that could be measured. */
const least = { delayMs: 0.1, share: 0.001 };

/** What of a fault can never work on the application; `path`: where it stands. */
export function faultProblems(fault: Fault, { entry, modules }: Application, path: string): FieldProblem[] {
  const { kind, module, peer } = fault;
  const unknown = (name: string) => `unknown module "${name}"; allowed: ${Object.keys(modules).join(', ')}`;
  const taken = faultParameters[kind] ?? [];
  const problems: FieldProblem[] = [];
  const add = (field: string, problem: string) => problems.push({ path: `${path}.${field}`, problem });
  if (!Object.hasOwn(modules, module)) add('module', unknown(module));
  if (peer !== undefined && !Object.hasOwn(modules, peer)) add('peer', unknown(peer));
  if (kind === 'partition' && (peer ?? entry) === module)
    add('peer', 'a partition needs another module to cut this one off from');
  for (const name of ['peer', 'delayMs', 'jitter', 'share'] as const)
    if (fault[name] !== undefined && !taken.includes(name))
      add(name, `does nothing to a fault of the kind "${kind}"; allowed: ${taken.join(', ') || 'no numbers'}`);
  for (const name of ['delayMs', 'share'] as const)
    if ((fault[name] ?? least[name]) < least[name] && taken.includes(name))
      add(name, `${fault[name]} is too little to be seen; allowed: at least ${least[name]}`);
  return problems;
}
