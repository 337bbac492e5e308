export { findHighestRate } from './highest-rate.ts';
