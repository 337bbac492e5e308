import { bookSchema, longestSimulatedMs, type Application, type Book } from './application.ts';
import { drawProblem } from './draw.ts';
import { repeatedNames, type FieldProblem } from './field-problem.ts';
import { languagesOf, languageTitles, type Language } from './language.ts';
import { own } from './own.ts';
import { stepProblems } from './step-problems.ts';
import { namedTopology, topologyProblems } from './topology.ts';
import { mostUnits } from './unit.ts';

/** Leaves room for the name of a preset behind it. */
const longestTitle = 140;
/** More rows or pieces than any machine here seeds in time. */
const largestSize = 10_000_000;

const isVariableName = (name: string): boolean => /^[A-Za-z_][\w-]{0,59}$/.test(name);
const variableName = 'must be 1 to 60 letters, digits, "_" or "-", starting with a letter';

/**
 * Everything in a manifest that refers to what is not there, is there twice, or can never work, beyond what its schema says; empty when it
 * can be used. Results keep the manifest they ran with, whatever is asked of new ones. Pure.
 */
export function applicationProblems(application: Application): FieldProblem[] {
  return [
    ...(application.title.length > longestTitle
      ? [
          {
            path: 'title',
            problem: `must have at most ${longestTitle} characters, since experiments are named after it`,
          },
        ]
      : []),
    ...moduleProblems(application),
    ...bookProblems(application),
    ...endpointProblems(application),
    ...journeyProblems(application),
    ...seedProblems(application),
    ...invariantProblems(application),
    ...changeProblems(application),
    ...Object.keys(application.topologies).flatMap((name) => {
      const topology = namedTopology(application, name);
      return topology === undefined
        ? []
        : [
            ...(topology.units.length > mostUnits
              ? [
                  {
                    path: `topologies.${name}`,
                    problem: `has ${topology.units.length} units; allowed: 1 to ${mostUnits}`,
                  },
                ]
              : []),
            ...topologyProblems(topology, application).map((problem) => ({ path: `topologies.${name}`, problem })),
          ];
    }),
  ];
}

function moduleProblems(application: Application): FieldProblem[] {
  return [
    ...unknownModule(application, 'entry', application.entry),
    ...Object.entries(application.modules).flatMap(([name, { uses, keeps }]) => {
      const path = `modules.${name}`;
      const used = uses.map(({ module }) => module);
      return [
        ...used.flatMap((module) => unknownModule(application, `${path}.uses`, module)),
        ...(used.includes(name) ? [{ path: `${path}.uses`, problem: 'a module cannot use itself' }] : []),
        ...repeatedNames(used, () => `${path}.uses`),
        ...repeatedNames(keeps, () => `${path}.keeps`),
      ];
    }),
  ];
}

function changeProblems(application: Application): FieldProblem[] {
  const { changes = {} } = application;
  return Object.entries(changes).flatMap(([name, { after, check, languages: edited = {} }]) => {
    const problems = [
      ...(check?.at === undefined ? [] : unknownModule(application, `changes.${name}.check.at`, check.at)),
      ...Object.entries(edited).flatMap(([module, those]) =>
        languageProblemsOf(application, `changes.${name}.languages.${module}`, module, those),
      ),
    ];
    if (after === undefined) return problems;
    if (own(changes, after) === undefined)
      return [
        ...problems,
        {
          path: `changes.${name}.after`,
          problem: `unknown change "${after}"; allowed: ${Object.keys(changes).join(', ')}`,
        },
      ];
    return comesAfterItself(changes, name)
      ? [...problems, { path: `changes.${name}.after`, problem: 'it would have to be live before itself' }]
      : problems;
  });
}

/** A change edits a module in languages that it is written in. */
function languageProblemsOf(
  application: Application,
  path: string,
  module: string,
  edited: readonly Language[],
): FieldProblem[] {
  const unknown = unknownModule(application, path, module);
  if (unknown.length > 0) return unknown;
  const written = languagesOf(application, module);
  const wrong = edited.find((language) => !written.includes(language));
  if (wrong === undefined) return [];
  const allowed = written.filter((language) => language !== 'typescript').join(', ') || 'none';
  return [{ path, problem: `"${module}" is not written in ${languageTitles[wrong]}; allowed: ${allowed}` }];
}

function comesAfterItself(changes: NonNullable<Application['changes']>, name: string): boolean {
  const met = new Set<string>();
  for (let at = own(changes, name)?.after; at !== undefined && !met.has(at); at = own(changes, at)?.after) {
    if (at === name) return true;
    met.add(at);
  }
  return false;
}

function unknownModule({ modules }: Application, path: string, module: string): FieldProblem[] {
  return Object.hasOwn(modules, module)
    ? []
    : [{ path, problem: `unknown module "${module}"; allowed: ${Object.keys(modules).join(', ')}` }];
}

/** A book kept twice has no one truth, and what clients were told can only be held against a book of orders. */
function bookProblems({ modules, journeys }: Application): FieldProblem[] {
  const keepersOf = (book: Book) =>
    Object.entries(modules)
      .filter(([, { keeps }]) => keeps.includes(book))
      .map(([name]) => name);
  const twice = bookSchema.options.flatMap((book) => {
    const [first, second] = keepersOf(book);
    return second === undefined
      ? []
      : [
          {
            path: `modules.${second}.keeps`,
            problem: `"${book}" is kept by "${first}" already; allowed: one module a book`,
          },
        ];
  });
  const told = Object.entries(journeys).find(([, { steps }]) => steps.some((step) => step.ledger));
  if (told === undefined || keepersOf('orders').length > 0) return twice;
  const problem = `a step has a "ledger", but no module keeps "orders"; add "keeps: [orders]" to the one that does`;
  return [...twice, { path: `journeys.${told[0]}`, problem }];
}

function endpointProblems(application: Application): FieldProblem[] {
  const { endpoints, entry, tunables } = application;
  const reached = reachedFrom(application, entry);
  return Object.entries(endpoints).flatMap(([name, { needs, simulatedMs }]) => {
    const problems = Object.keys(needs).flatMap((module) => {
      const path = `endpoints.${name}.needs`;
      const unknown = unknownModule(application, path, module);
      if (unknown.length > 0 || reached.has(module)) return unknown;
      return [
        { path, problem: `"${module}" takes part in nothing: neither is it the entry, nor is it used from there` },
      ];
    });
    if (own(needs, entry) !== 'required')
      problems.push({
        path: `endpoints.${name}.needs`,
        problem: `must say that the entry is needed, through which every request comes: "${entry}: required"`,
      });
    const tunable = typeof simulatedMs === 'string' ? own(tunables, simulatedMs) : undefined;
    if (typeof simulatedMs === 'string' && tunable === undefined)
      problems.push({
        path: `endpoints.${name}.simulatedMs`,
        problem: `unknown tunable "${simulatedMs}"; allowed: ${['a number of ms', ...Object.keys(tunables)].join(', ')}`,
      });
    if (tunable !== undefined && tunable.min < 0)
      problems.push({
        path: `endpoints.${name}.simulatedMs`,
        problem: `the tunable "${simulatedMs}" may be below 0, and no time is`,
      });
    if (tunable !== undefined && tunable.max > longestSimulatedMs)
      problems.push({
        path: `endpoints.${name}.simulatedMs`,
        problem: `the tunable "${simulatedMs}" may be above ${longestSimulatedMs} ms, the longest time that can be simulated`,
      });
    return problems;
  });
}

/** The module and everything it calls, by way of others too. */
function reachedFrom({ modules }: Application, entry: string): Set<string> {
  const reached = new Set([entry]);
  // A set that grows while it is gone through is gone through to its end.
  for (const name of reached) for (const { module } of own(modules, name)?.uses ?? []) reached.add(module);
  return reached;
}

function journeyProblems(application: Application): FieldProblem[] {
  return Object.entries(application.journeys).flatMap(([name, { draw, steps }]) => {
    const path = `journeys.${name}`;
    const known = new Set(Object.keys(draw));
    const problems = Object.entries(draw).flatMap(([variable, one]): FieldProblem[] => {
      if (!isVariableName(variable)) return [{ path: `${path}.draw.${variable}`, problem: variableName }];
      const wrong = drawProblem(one);
      return wrong === null ? [] : [{ path: `${path}.draw.${variable}${wrong.field}`, problem: wrong.problem }];
    });
    for (const [index, step] of steps.entries()) {
      problems.push(...stepProblems(step, application, known, `${path}.steps.${index}`));
      for (const variable of Object.keys(step.capture)) {
        if (!isVariableName(variable))
          problems.push({ path: `${path}.steps.${index}.capture.${variable}`, problem: variableName });
        known.add(variable);
      }
    }
    return problems;
  });
}

function seedProblems({ seed: { sizes } }: Application): FieldProblem[] {
  return Object.entries(sizes).flatMap(([name, size]) => {
    const path = `seed.sizes.${name}`;
    if (!isVariableName(name) || name in Object.prototype)
      return [{ path, problem: `${variableName}, and no name that every object has` }];
    return size > largestSize
      ? [{ path, problem: `the size ${size} is out of range; allowed: 1 to ${largestSize}` }]
      : [];
  });
}

const booksOf = {
  'stock-conserved': ['stock'],
  'no-negative-stock': ['stock'],
  'money-conserved': ['orders', 'payments'],
  'outbox-delivered': ['orders', 'notifications'],
} as const satisfies Record<Application['invariants'][string]['kind'], readonly Book[]>;

function invariantProblems({ invariants, modules }: Application): FieldProblem[] {
  const kept = new Set(Object.values(modules).flatMap(({ keeps }) => keeps));
  const entries = Object.entries(invariants);
  return [
    ...entries.flatMap(([name, { kind }]) =>
      booksOf[kind]
        .filter((book) => !kept.has(book))
        .map((book) => ({
          path: `invariants.${name}`,
          problem: `"${kind}" is read from a book that no module keeps; add "keeps: [${book}]" to the one that does`,
        })),
    ),
    ...repeatedNames(
      entries.map(([, { kind }]) => kind),
      (index) => `invariants.${entries[index]?.[0] ?? ''}.kind`,
    ),
  ];
}
