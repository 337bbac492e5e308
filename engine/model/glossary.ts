/** A word of the laboratory that not everybody knows. */
export interface Term {
  /** As it stands in window and report. */
  term: string;
  /** Other spellings that mean the same. */
  also?: readonly string[];
  /** One or two sentences, in words that need no other entry. */
  meaning: string;
}

/** Every term that window, report and documents explain, in the order of the alphabet. The one source: docs/glossary.md is written from it. */
export const glossary: readonly Term[] = [
  {
    term: 'absolute dependence',
    also: ['ADS'],
    meaning: 'How many others a unit or module calls.',
  },
  {
    term: 'absolute importance',
    also: ['AIS'],
    meaning: 'How many others call a unit or module, and may be concerned when its contract changes.',
  },
  {
    term: 'additive contract',
    meaning:
      'A change after which a module says more than before; whoever knew the old answers still reads the new ones.',
  },
  {
    term: 'availability',
    meaning: 'Share of the planned requests that got a good answer in time.',
  },
  {
    term: 'baseline',
    meaning: 'The variant that the others are compared with; the first of an experiment.',
  },
  {
    term: 'blast radius',
    meaning: 'Which endpoints are hurt when one module breaks, and how much.',
  },
  {
    term: 'block',
    meaning:
      'One turn of the whole comparison: every variant is deployed and measured once, close together in time, so that what the machine does hits all of them.',
  },
  {
    term: 'blue-green',
    meaning:
      'Everything is started once more beside what runs, and once all of it is ready people are led over at once. It asks for twice the room for a while.',
  },
  {
    term: 'breaking contract',
    meaning: 'A change after which a module says something else; whoever still expects the old answers fails.',
  },
  {
    term: 'circuit breaker',
    meaning:
      'After several failures a caller stops calling for a while and fails at once, to give the other side rest.',
  },
  {
    term: 'coherency',
    meaning: 'In Gunther\u2019s law, what instances cost each other by agreeing: it grows with every pair of them.',
  },
  {
    term: 'contention',
    meaning: 'In Gunther\u2019s law, the share of the work that waits its turn for something that instances share.',
  },
  {
    term: 'cut',
    also: ['topology'],
    meaning:
      'Which modules are deployed together. One unit with everything is a monolith; a unit for each module is microservices; anything between is allowed.',
  },
  {
    term: 'deadline',
    meaning: 'How long a caller waits for an answer before it gives up.',
  },
  {
    term: 'disturbed',
    meaning:
      'A round in which the machine or the load generator got in the way. It is marked, counted as finished, and, where the number of blocks is fixed, measured again a bounded number of times; otherwise another block makes up for it.',
  },
  {
    term: 'edit to live',
    meaning:
      'The time from a change of the source until the first answer shows it: bundling, making images, starting, leading people over.',
  },
  {
    term: 'elastic step',
    meaning:
      'The load doubles at one moment, and instances are added while it goes on: how long until people are served well again.',
  },
  {
    term: 'equivalent',
    meaning: 'The whole interval lies within the margin: whatever difference there is does not matter.',
  },
  {
    term: 'experiment',
    meaning: 'What is to be measured: variants, load, faults, how often. A scenario is an experiment that comes ready.',
  },
  {
    term: 'hot module',
    meaning: 'The module that a skewed load is for; its unit is the one that gets more instances.',
  },
  {
    term: 'inconclusive',
    meaning: 'The measurements do not say. It does not mean that there is no difference.',
  },
  {
    term: 'instability',
    meaning:
      'Share of calling others in all that a unit has to do with them. 0: others lean on it and it on none; 1: it leans on others and none on it.',
  },
  {
    term: 'instance',
    meaning:
      'One running copy of a unit. A unit whose modules only read may have several, which share the work; callers take them in turn.',
  },
  {
    term: 'interface usage cohesion',
    also: ['SIUC'],
    meaning: 'How much of what a module offers one of its callers uses, on average. 100 %: everybody uses all of it.',
  },
  {
    term: 'interval',
    also: ['confidence interval'],
    meaning: 'The range in which the true effect lies, at the level that is printed beside it.',
  },
  {
    term: 'isolation index',
    meaning:
      'Share of good requests kept by the endpoints that do not need the broken module. 100 %: the fault stayed where it was; 0 %: it took everybody along.',
  },
  {
    term: 'journey',
    meaning: 'What one visitor does: a short sequence of requests, for example browse, add to the cart, check out.',
  },
  {
    term: 'language',
    meaning:
      'In what a module is written. Its contract is the same in all of them; a unit in another language than TypeScript has one module alone.',
  },
  {
    term: 'look',
    meaning:
      'A time, planned beforehand, at which the findings are judged. Once everything is decided at one, the run ends.',
  },
  {
    term: 'margin',
    meaning: 'The smallest difference that matters, fixed for each measure before anything is measured.',
  },
  {
    term: 'metastable',
    meaning: 'Still broken although its cause is gone, because the application’s own retries keep it down.',
  },
  {
    term: 'module',
    meaning: 'A part of the application with its own task and data, for example payments.',
  },
  {
    term: 'noise floor',
    meaning:
      'How much the same cut differs from itself on this machine. An effect smaller than that is not called better or worse.',
  },
  {
    term: 'p50',
    also: ['median'],
    meaning: 'Half of the requests are answered in this time or less.',
  },
  {
    term: 'p95',
    meaning: 'Of a hundred requests ninety-five are answered in this time or less; five take longer.',
  },
  {
    term: 'p99',
    meaning: 'Of a hundred requests ninety-nine are answered in this time or less; one takes longer.',
  },
  {
    term: 'pp',
    also: ['percentage points'],
    meaning: 'Percentage points: from 90 % to 95 % is 5 pp.',
  },
  {
    term: 'probe',
    meaning: 'One kind of measurement: response times, deployment, fault isolation and others.',
  },
  {
    term: 'recreate',
    meaning:
      'The old copy is stopped and then the new one is started. Nobody answers in between, which is the price of needing no room for two.',
  },
  {
    term: 'rolling replacement',
    also: ['rolling'],
    meaning:
      'The new copy is started beside the old one, takes over once it is ready, and then the old one ends what it has under way and goes; one after another.',
  },
  {
    term: 'round',
    meaning: 'One fresh deployment of one variant, measured and taken down again.',
  },
  {
    term: 'same answers',
    meaning:
      'Every question that was asked was answered in every deployment, and alike. Counted, not estimated; nothing is said of questions that were not asked.',
  },
  {
    term: 'scenario',
    also: ['preset'],
    meaning: 'An experiment that comes with Cleave and answers one question; --preset on the command line.',
  },
  {
    term: 'server of the store',
    meaning:
      'A PostgreSQL server that holds the data of one unit or of all. It stands beside the units, in the same processors and memory, and what it uses counts as theirs.',
  },
  {
    term: 'skewed load',
    meaning: 'A load of which most is for one module; an even load comes as the journeys of the application have it.',
  },
  {
    term: 'unit',
    meaning: 'What is deployed as one: one image, one process, one module or more.',
  },
  {
    term: 'variant',
    meaning: 'One side of a comparison: a cut with its settings.',
  },
  {
    term: 'verdict',
    meaning: 'What is concluded of a measure: better, worse, equivalent or inconclusive.',
  },
  {
    term: 'version skew',
    meaning: 'Two versions of a contract meet: whoever asks has one, and whoever answers has another.',
  },
  {
    term: 'warm-up',
    meaning: 'Load before measuring, so that what is slow only at first is not measured.',
  },
];

/** The entry of a term, however it is spelled; undefined where there is none. */
export function termOf(word: string): Term | undefined {
  const wanted = word.toLowerCase();
  return glossary.find(({ term, also = [] }) => [term, ...also].some((one) => one.toLowerCase() === wanted));
}

/** The glossary as a document. Pure. */
export function glossaryAsMarkdown(): string {
  const entry = ({ term, also, meaning }: Term): string =>
    `- **${term}**${also === undefined ? '' : ` (${also.join(', ')})`}: ${meaning}`;
  return `# Glossary\n\n${glossary.map(entry).join('\n')}\n`;
}

export interface Piece {
  text: string;
  term: Term | null;
}

const spellings = glossary.flatMap(({ term, also = [] }) => [term, ...also]).toSorted((a, b) => b.length - a.length);
const spelled = new RegExp(`(?<![\\w-])(?:${spellings.join('|')})(?![\\w-])`, 'gi');

/** A text cut at the terms in it, each once at its first place. Pure; the pieces together are the text. */
export function piecesOf(text: string, only?: readonly string[]): Piece[] {
  const seen = new Set<Term>();
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(spelled)) {
    const term = termOf(match[0]);
    if (term === undefined || seen.has(term) || (only !== undefined && !only.includes(term.term))) continue;
    seen.add(term);
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), term: null });
    pieces.push({ text: match[0], term });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), term: null });
  return pieces;
}
