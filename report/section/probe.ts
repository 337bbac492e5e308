import type { ComponentType } from 'react';
import type { Result } from '../../engine/model/index.ts';

/** A chapter of the document about one probe. It draws nothing where it has nothing to say. */
export interface ProbeChapter {
  Section: ComponentType<{ result: Result }>;
  /** Whether a result fills it; left out: always, if only with words on why there is nothing. */
  isFilled?: (result: Result) => boolean;
  /** Its name in links and its title among the contents; left out: those of the probe. */
  id?: string;
  title?: string;
}

/** What the report says of one probe. */
export interface ReportProbe {
  chapters: readonly ProbeChapter[];
  /** Its paragraphs in the report as Markdown; left out: its findings are all. */
  markdown?: (result: Result) => string[];
}
