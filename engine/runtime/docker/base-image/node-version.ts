/** The Node that runs inside every unit in TypeScript, in both kinds of base image. */
export const NODE_VERSION = '24.21.0';
