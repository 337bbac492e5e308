import type { ReactNode } from 'react';
import type { Application, Fault } from '../../../engine/model/index.ts';

/** What the fields of one probe get: its settings, and mistakes by path below them. */
export interface FieldsProps<Settings> {
  settings: Settings;
  application: Application;
  errors: Record<string, string>;
  /** Instances of the unit that a fault hits, in the variant in which it has most. */
  instancesOf: (fault: Fault) => number;
  onChange: (settings: Settings) => void;
}

/** One probe in the editor. */
export interface EditorProbe<Settings> {
  title: string;
  /** What it tells, one sentence. */
  text: string;
  /** What it begins with once it is turned on. */
  usual(application: Application): Settings;
  fields(props: FieldsProps<Settings>): ReactNode;
}
