/** An address worth trying, and how it was come by. */
export interface Candidate {
  source: string;
  address: string;
  /** Folder of certificates, where the engine is to be asked with them. */
  certificates: string | null;
}

/** A choice of an engine that leads to none. Another engine than the chosen one is never taken instead. */
export interface BrokenChoice {
  source: string;
  /** Why, the end of a sentence. */
  problem: string;
  nextStep: string;
}
