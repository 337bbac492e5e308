/** An address worth trying, and how it was come by. */
export interface Candidate {
  source: string;
  address: string;
  certificates: string | null;
}
