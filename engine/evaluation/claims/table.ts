import type { JudgedClaim, MetricName, PresetName } from '../../model/index.ts';

/** A measured quantity that says something of a claim. */
export interface ClaimTest {
  metric: MetricName;
  /** How the finer of two cuts does by it if the claim is right; `as-well`: no worse, where one unit cannot be beaten; `given`: nothing else can come out, so that it is shown and decides nothing. */
  expects: 'better' | 'worse' | 'as-well' | 'given';
  /** What measures it, the shortest first. */
  preset: PresetName;
}

/** Something people say of microservices, and what tests it. */
export interface Claim extends Pick<
  JudgedClaim,
  'name' | 'title' | 'side' | 'said' | 'tested' | 'asks' | 'published' | 'cannot'
> {
  tests: readonly ClaimTest[];
  /** What the comparison may have beside the cut, since it is what the claim is about: declared differences, and what both cuts were measured with. */
  allows?: readonly string[];
  /** Looked at beside findings. */
  also?: 'units' | 'apis' | 'languages';
}

/** Whether a module in another language answers the same. */
export const sameAnswers = 'other-answers' satisfies MetricName;

const oneHost = 'One host: there is no network between machines, and no machine that fails alone.';

/** Every claim, those in favour of microservices first. Published numbers are facts of others, with their source; none of them enters a verdict. */
export const claims: readonly Claim[] = [
  {
    name: 'single-responsibility',
    title: 'Single responsibility',
    side: 'for',
    said: 'Each service does one thing, so it is small enough to understand and is changed for one reason.',
    tested:
      'Every change of the application is made to a copy of its source: whether more units get another program by it than the one that a whole is. Counted beside it: lines of the largest unit, of which a part has fewer than the whole.',
    asks: 'Which change of the list would still touch several units, and what would the modules have to look like for it not to?',
    tests: [
      { metric: 'largest-unit-lines', expects: 'given', preset: 'standard' },
      { metric: 'units-per-change', expects: 'as-well', preset: 'standard' },
    ],
    published: [],
    cannot: [
      'Whether a person understands a module sooner because it is alone.',
      'Changes that the application does not name: real histories have others.',
    ],
  },
  {
    name: 'loose-coupling',
    title: 'Loose coupling',
    side: 'for',
    said: 'Services depend on each other only through their interfaces, so one can change without the others.',
    tested:
      'Changes of contracts are released for real: whether more units must go out in the same moment than the one that a whole is. Counted beside it: calls between units, of which one unit has none.',
    asks: 'Which of the changes could not go out unit by unit, and how would you order it in steps that can?',
    tests: [
      { metric: 'lockstep-units', expects: 'as-well', preset: 'release' },
      { metric: 'declared-calls-between-units', expects: 'given', preset: 'standard' },
    ],
    published: [],
    cannot: ['Coupling through people: who has to ask whom before a change is made.'],
  },
  {
    name: 'fault-isolation',
    title: 'Fault isolation',
    side: 'for',
    said: 'When one service fails, the others go on.',
    tested:
      'The same faults are done to the same modules in every cut, under load: good requests that are lost, and who else suffers.',
    asks: 'Which requests failed although their own module was well, and what in the calls made them?',
    tests: [
      { metric: 'lost-good-requests', expects: 'better', preset: 'quick' },
      { metric: 'isolation-index', expects: 'better', preset: 'quick' },
    ],
    published: [
      {
        text: 'A burst with ten retries a call never recovers in services with a retry storm.',
        source: 'Blueprint, SOSP 2023, section 6.2.1',
      },
    ],
    cannot: [oneHost, 'Faults that nobody thought of.'],
  },
  {
    name: 'technology-flexibility',
    title: 'Technology flexibility',
    side: 'for',
    said: 'Each service can be written in the language that suits it.',
    tested:
      'One module is swapped for the same module in another language, behind the same contract, and asked the same questions; then its cost is measured.',
    asks: 'What did the other language cost and buy, and what would have to be true for that to be worth a second language?',
    tests: [],
    also: 'languages',
    allows: ['language'],
    published: [],
    cannot: ['What it costs an organisation to know two languages.'],
  },
  {
    name: 'faster-deployment',
    title: 'Faster deployment',
    side: 'for',
    said: 'A small service is built and released sooner, and without the others.',
    tested:
      'Real edits are released to running deployments under load: from the edit to the first answer that shows it, and requests lost on the way.',
    asks: 'Where did the time between the edit and the first new answer go, and which part of it does a cut change at all?',
    tests: [
      { metric: 'edit-to-live', expects: 'better', preset: 'release' },
      { metric: 'release-lost-requests', expects: 'better', preset: 'release' },
    ],
    published: [
      {
        text: '11 to 14 s from an edit to a running container without live update, 1.1 to 1.8 s with it; not under load, one cut.',
        source: 'Tilt, documentation of its example projects',
      },
    ],
    cannot: [
      'Waiting for people: reviews, release windows, other teams.',
      'Pipelines and registries: images do not travel here.',
    ],
  },
  {
    name: 'scalability',
    title: 'Scalability',
    side: 'for',
    said: 'Only the part that needs it is scaled, so the same money carries more.',
    tested:
      'The same CPU and memory as the whole replicated and as only the hot unit replicated: good requests carried, with even load and with load on one module, and the time to serve twice the load.',
    asks: 'With the same budget, why can one large copy carry more than several small ones, and when does that turn?',
    tests: [
      { metric: 'skewed-good-rate', expects: 'better', preset: 'scaling' },
      { metric: 'even-good-rate', expects: 'better', preset: 'scaling' },
      { metric: 'elastic-time', expects: 'better', preset: 'scaling' },
    ],
    // Instances share a server; the hot module has work enough to be hot.
    allows: ['instances', 'store', 'tunables', 'load'],
    published: [
      {
        text: 'Up to 79 % less throughput of services than of the monolith with thin handlers in Node.',
        source: 'Ueda et al., IISWC 2016 (Acme Air)',
      },
    ],
    cannot: [oneHost, 'With few processors it is the allocation of a budget, not scaling.'],
  },
  {
    name: 'apis',
    title: 'APIs are not exclusive to microservices',
    side: 'neither',
    said: 'Parts with APIs of their own take no microservices: a monolith can have them as well.',
    tested: 'The operations that modules publish are read in every cut and compared.',
    asks: 'What does a module give up when it is called over the network, and what does it gain, if its contract stays the same?',
    tests: [],
    also: 'apis',
    published: [],
    cannot: ['Whether people keep to a contract when nothing makes them.'],
  },
  {
    name: 'latency',
    title: 'Slower answers',
    side: 'against',
    said: 'Calls over the network take longer than calls within a process.',
    tested:
      'The same journeys at the same rate to every cut, in turns on the same machine: response times from the moment a request was due.',
    asks: 'How many calls between units does one request make, and does that explain the difference?',
    tests: [
      { metric: 'response-p50', expects: 'worse', preset: 'quick' },
      { metric: 'response-p95', expects: 'worse', preset: 'quick' },
    ],
    published: [
      {
        text: 'Median 5.47 ms as gRPC services, 2.66 ms split without gRPC, 0.38 ms merged, at 10,000 requests a second.',
        source: 'Ghemawat et al., HotOS 2023 (Service Weaver, Online Boutique)',
      },
      { text: 'A finer cut adds 5.2 ms (14 %).', source: 'Zhao et al., 2025' },
      { text: 'No difference when the logic of the application runs long.', source: 'Okroj and Jatkiewicz, 2023' },
    ],
    cannot: [oneHost, 'Payloads and call patterns of another application.'],
  },
  {
    name: 'cost',
    title: 'Higher cost',
    side: 'against',
    said: 'More processes, more serialisation, more copies of the same libraries: more CPU and memory for the same work.',
    tested: 'CPU time for 1,000 good requests and resident memory under the same load, with the same total budget.',
    asks: 'Which part of the memory is the application, and which is the same runtime once for each unit?',
    tests: [
      { metric: 'cpu-per-1000-good', expects: 'worse', preset: 'quick' },
      { metric: 'memory-resident', expects: 'worse', preset: 'quick' },
    ],
    published: [
      {
        text: '78 cores as gRPC services, 28 split without gRPC, 9 merged, for the same load.',
        source: 'Ghemawat et al., HotOS 2023 (Service Weaver, Online Boutique)',
      },
      { text: 'Microservices took 5.8 % less energy (30 runs): the other sign is possible.', source: 'ECSA 2025' },
    ],
    cannot: ['Prices: what a processor, a cluster and the people who run it cost.'],
  },
  {
    name: 'consistency',
    title: 'Harder consistency',
    side: 'against',
    said: 'Without one transaction over all data, orders get lost or are done twice when something fails.',
    tested:
      'Orders are placed while modules fail; afterwards the books of all modules are held against what clients were told.',
    asks: 'At which moment of a check-out must a unit fail for the books to go wrong, and what keeps them right?',
    tests: [
      { metric: 'orders-wrong', expects: 'worse', preset: 'faults' },
      { metric: 'invariants-broken', expects: 'worse', preset: 'faults' },
    ],
    published: [],
    cannot: ['Mistakes in code that is not this application’s: a saga is as good as who wrote it.'],
  },
  {
    name: 'diagnosis',
    title: 'Harder diagnosis',
    side: 'against',
    said: 'A request crosses many services, so it is hard to see which of them is at fault.',
    tested:
      'Modules are made to fail, and each failing request is followed through the logs of the units by its trace: places looked at, lines read, and whether the module at fault is named. Places and lines count where it is named as often in both cuts: a search in vain is not an easy one.',
    asks: 'Under which fault did one log say more than several, and under which did it say less? Why?',
    tests: [
      { metric: 'search-steps', expects: 'worse', preset: 'diagnosis' },
      { metric: 'lines-read', expects: 'worse', preset: 'diagnosis' },
      { metric: 'cause-named', expects: 'worse', preset: 'diagnosis' },
    ],
    published: [],
    cannot: [
      'People: what they know, and which tools they have. The search is mechanical, knows the trace and the map, and reads logs that all have one form.',
      'Logs brought together in one place, as most who run many services do: there every search opens one.',
      'Faults that show no failing request, and causes outside of the application.',
    ],
  },
  {
    name: 'operations',
    title: 'Operational complexity',
    side: 'against',
    said: 'There is more to build, start, watch and release.',
    tested:
      'How long it takes to bring everything up from nothing, and how many units a change is released to. Counted beside it: units to build, start and watch, and calls between units for one journey, which a finer cut has more of by what it is.',
    asks: 'Which of these could a tool take over, and what would running that tool take?',
    tests: [
      { metric: 'deployment-time', expects: 'worse', preset: 'quick' },
      { metric: 'remote-calls-per-journey', expects: 'given', preset: 'limits' },
      { metric: 'released-units', expects: 'worse', preset: 'release' },
    ],
    also: 'units',
    published: [],
    cannot: ['What tools take off people’s hands, and what running those tools takes.'],
  },
];
