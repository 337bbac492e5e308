import { afterAll, beforeAll, expect } from 'vitest';
import { loadSuite, type ContractSuite } from '../../engine/contracts/index.ts';
import { loadApplication } from '../../engine/deploy/index.ts';
import type { Application } from '../../engine/model/index.ts';
import { checkProtocol, type ProtocolOptions, type ProtocolResult } from '../../engine/protocol/index.ts';
import { testLaboratory } from './laboratory.ts';
import { programsOf } from './programs-in-languages.ts';

/** One thing that is wrong, the requirement that finds it, and how it gets into the program in Python. */
export type Planted = readonly [what: string, requirement: string, file: string, piece: string, other: string];

type Asked = Pick<ProtocolOptions, 'host' | 'reference' | 'only' | 'looks'>;

export interface ProtocolBench {
  programs: ReturnType<typeof programsOf>;
  /** Holds a program of the shop's recommendations against the protocol. */
  check: (asked: Asked) => Promise<ProtocolResult>;
  /** Expects that the requirement is told, with what was asked and what came. */
  isFound: (planted: Planted, looks?: number) => Promise<void>;
}

/** The shop's recommendations in each language, made once for all tests of a file; what is in it is set when the first of them begins. */
export function protocolBench(): ProtocolBench {
  const laboratory = testLaboratory();
  const bench: Partial<ProtocolBench> = {};
  let application: Application;
  let suite: ContractSuite;
  const check = (asked: Asked): Promise<ProtocolResult> =>
    checkProtocol({
      ...{ ...suite, ...asked, application: application.name },
      seed: { value: application.seed.default, sizes: application.seed.sizes },
      // What is asked is the protocol, and not how much work a request is.
      tunables: { 'recommendation-work': 1 },
    });
  const isFound: ProtocolBench['isFound'] = async ([, requirement, file, piece, other], looks = 5) => {
    const { programs } = bench as ProtocolBench;
    const { requirements } = await check({
      ...{ host: await programs.planted(file, piece, other), only: [requirement], looks },
      ...(['seed', 'same-answers'].includes(requirement) ? { reference: await programs.of('typescript') } : {}),
    });
    const said = expect.stringMatching(/./) as string;
    expect(requirements).toMatchObject([
      { name: requirement, outcome: 'failed', failure: { asked: said, expected: said, came: said } },
    ]);
  };
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    suite = await loadSuite(laboratory, application, 'recommendations');
    Object.assign(bench, { programs: programsOf(laboratory, application, 'recommendations'), check, isFound });
  });
  afterAll(async () => {
    await bench.programs?.close();
    laboratory.remove();
  });
  return bench as ProtocolBench;
}
