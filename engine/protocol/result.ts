/** What became of one requirement. */
export interface RequirementResult {
  name: string;
  /** What a unit must do, in one sentence. */
  title: string;
  outcome: 'passed' | 'failed' | 'not-asked';
  /** Only with `failed`. */
  failure?: { asked: string; expected: string; came: string };
  /** Why it was not asked; only with `not-asked`. */
  because?: string;
  /** What was found, in numbers; only where there is something to tell. */
  found?: string;
  tookMs: number;
}

/** What became of the whole protocol. */
export interface ProtocolResult {
  module: string;
  passed: number;
  failed: number;
  notAsked: number;
  requirements: RequirementResult[];
}
