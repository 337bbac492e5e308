import { createContext, useContext } from 'react';

export interface ReportContextValue {
  /** Opens the definition of a metric in the window; absent in a document on its own, where a link does it. */
  onOpenDefinition: ((metric: string) => void) | undefined;
  /** Everything that can be folded is open, for paper. */
  print: boolean;
}

export const ReportContext = createContext<ReportContextValue>({ onOpenDefinition: undefined, print: false });

/** How the document is shown. */
export function useReport(): ReportContextValue {
  return useContext(ReportContext);
}
