import { it } from 'vitest';
import { describeLanguages } from '../support/languages.ts';
import { protocolBench, type Planted } from '../support/protocol-bench.ts';

const bench = protocolBench();

/** Those whose requirement measures are in tests/measuring. */
const planted: readonly Planted[] = [
  [
    'ends with status 1 where it is told wrongly',
    'wrong-configuration',
    'cleave_kit/run.py',
    'MISCONFIGURED = 2',
    'MISCONFIGURED = 1',
  ],
  ['ships a contract of before', 'document', 'contract.json', '"default": 6', '"default": 5'],
  [
    'answers what is no JSON',
    'bad-json',
    'cleave_kit/server.py',
    'raise CallError("bad-input", "body: not valid JSON") from None',
    'return {"productIds": []}',
  ],
  [
    'takes an input as it comes',
    'bad-input',
    'cleave_kit/public.py',
    'raise CallError("bad-input", problem.within(what, ": ")) from None',
    'checked = {"productIds": [], "limit": 6}',
  ],
  [
    'reads bodies of any length',
    'body-limit',
    'cleave_kit/public.py',
    'MOST_BODY_BYTES = 256',
    'MOST_BODY_BYTES = 512',
  ],
  [
    'hangs up on whoever still writes',
    'refused-while-writing',
    'cleave_kit/server.py',
    'while skipped < MOST_SKIPPED_BYTES and',
    'while False and',
  ],
  [
    'has no time for deadlines',
    'deadline-passed',
    'cleave_kit/call.py',
    'raise CallError("deadline", f"{what} ran out of time")',
    'return',
  ],
  [
    'has a default of its own',
    'defaults',
    'cleave_kit/schema.py',
    'checked[name] = field._keywords["default"]',
    'checked[name] = 7',
  ],
  ['draws from another seed', 'seed', 'tastes.py', 'seed_for(seed.value, "recommendations")', 'seed.value'],
  ['begins elsewhere where nothing is known', 'same-answers', 'logic.py', 'tastes.vectors[:1]', 'tastes.vectors[1:2]'],
  [
    'lets anybody control it',
    'control-token',
    'cleave_kit/control.py',
    'if not hmac.compare_digest(expected, given):',
    'if False:',
  ],
  [
    'lets web pages control it',
    'control-origin',
    'cleave_kit/control.py',
    'if "origin" in request.headers:',
    'if False:',
  ],
  [
    'waits for callers who have gone',
    'in-flight',
    'cleave_kit/call.py',
    'if self._in_flight and has_gone(self._connection):',
    'if False:',
  ],
  [
    'never has too much to do',
    'load-shedding',
    'cleave_kit/unit.py',
    'if limit is not None and self._in_flight >= limit:',
    'if False:',
  ],
  [
    'tells its traces again and again',
    'traces',
    'cleave_kit/trace.py',
    'self._spans, self._dropped = [], 0\n        return',
    'return',
  ],
  ['forgets the undo', 'fault-hang', 'cleave_kit/faults/manager.py', 'entry.active.undo()', 'pass'],
  ['forgets the limit', 'fault-limit', 'cleave_kit/faults/manager.py', 'timer.start()', 'pass'],
  ['does not say that it drains', 'drain', 'cleave_kit/unit.py', 'self.draining = True', 'pass'],
  [
    'outlives whoever started it',
    'guard',
    'cleave_kit/guard.py',
    'os.environ.pop("CLEAVE_GUARD", None) == "1"',
    'False',
  ],
  ['takes connections to its end', 'sigterm-hanging', 'cleave_kit/run.py', 'public.stop_listening()', 'pass'],
  ['ends at once', 'sigterm', 'cleave_kit/run.py', 'unit.drain(END_LIMIT_S)', 'pass'],
  [
    'fails half as often',
    'fault-errors',
    'cleave_kit/faults/calls.py',
    '< parameters["share"]:',
    '< parameters["share"] ** 2:',
  ],
];

await describeLanguages('a program that is wrong in one thing is told the requirement', () => {
  it.concurrent.for([...planted])('%s: %s', (one) => bench.isFound(one));
});
