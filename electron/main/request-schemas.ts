// A file of its own, so that it can be loaded alone.
export { requestSchemas } from '../../engine/model/index.ts';
