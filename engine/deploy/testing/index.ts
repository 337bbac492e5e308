export { fakeLaboratory, type FakeLaboratory, type FakeLaboratoryOptions } from './fake-laboratory.ts';
