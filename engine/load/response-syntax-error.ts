/** What came over a connection is not an HTTP/1.x response. */
export class ResponseSyntaxError extends Error {}
