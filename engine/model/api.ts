import { z } from 'zod';
import type { RuntimeKind } from './experiment.ts';
import type { Topology } from './topology.ts';

/** Names of operations, as they stand in addresses. */
export const operationNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/, 'must be 1 to 60 letters or digits, starting with a letter');

/** Whether an operation may be asked again after a failure that left its outcome open. */
export const repetitionSchema = z.enum(['safe', 'with-key', 'never']);
export type Repetition = z.infer<typeof repetitionSchema>;

/** A module has at most so many examples. */
export const mostExamples = 200;
/** One example is asked at most so many times in a row. */
export const mostAsks = 50;
/** Of an answer at most so many characters are shown. */
export const longestAnswer = 20_000;

/** One field of what an operation takes or gives. */
export interface ApiField {
  /** Dotted, with `[]` for each of a list; empty: all of it. */
  path: string;
  /** In words. */
  type: string;
  required: boolean;
}

/** An example of an operation. */
export interface ApiExample {
  /** Among the examples of its module. */
  index: number;
  title: string;
  /** JSON; `${name}` is filled in when it is asked. */
  input: unknown;
  /** Whether what is filled in is drawn, and the same each time. */
  isDrawn: boolean;
  /** Whether it carries an idempotency key. */
  hasKey: boolean;
  /** Status that the answer should have. */
  status: number;
  /** What is asked before, so that there is something to answer: `<module>.<operation>`, in order. */
  before: string[];
}

/** One operation of a module, as people read it. */
export interface OfferedOperation {
  name: string;
  summary: string;
  repeat: Repetition;
  /** What it takes and gives. */
  input: ApiField[];
  output: ApiField[];
}

/** What one module offers, as its sources say it. */
export interface OfferedContract {
  operations: OfferedOperation[];
  /** Requests to it that its examples make; null where none are named, or they cannot be read. */
  examples: number | null;
}

/** An operation with its examples. */
export interface ApiOperation extends OfferedOperation {
  examples: ApiExample[];
}

/** What one module offers to others, whatever the cut. */
export interface ApiModule {
  module: string;
  operations: ApiOperation[];
  /** Why there are no examples, one sentence; null where there are, or none are named. */
  problem: string | null;
}

/** Of a document at most so many parts are shown. */
export const mostDocumentParts = 300;

/** What a running unit says of its API itself: its OpenAPI document, in parts. */
export interface UnitDocument {
  /** The cut that was asked, and the unit. */
  topology: Topology;
  unit: string;
  /** An address with its methods and its JSON, each at most 20,000 characters; last what is of none. */
  parts: { title: string; text: string; isCut: boolean }[];
  /** Parts that are left out. */
  left: number;
}

/** What a running deployment answered to an example. */
export interface ApiAnswer {
  /** The cut that was asked. */
  topology: Topology;
  runtime: RuntimeKind;
  /** The unit that answered. */
  unit: string;
  /** The body that was sent, JSON. */
  request: string;
  /** Idempotency key that was sent; null: none. */
  key: string | null;
  status: number;
  /** Body of the answer, at most its first 20,000 characters. */
  body: string;
  isCut: boolean;
  /** How long each whole answer took, ms, from beside the application; fewer than were wanted where one was not as the example says. */
  tookMs: number[];
}
