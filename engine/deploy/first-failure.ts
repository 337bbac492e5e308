/**
 * Waits for pieces of work that go on side by side; at the first failure stops the others through `failure`, lets them end, and throws that
 * first failure. So nothing goes on behind the back of whoever cleans up.
 */
export async function firstFailureWins<T>(parts: Promise<T>[], failure: AbortController): Promise<T[]> {
  try {
    return await Promise.all(parts);
  } catch (error) {
    failure.abort(error);
    await Promise.allSettled(parts);
    throw error;
  }
}
