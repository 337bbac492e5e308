/**
 * Does the work and closes, whatever came of it. When both fail, the work's failure is thrown, for the closing's is its consequence; unless
 * `prefers` says that the closing's tells more.
 */
export async function closeAfterwards<T>(
  work: () => Promise<T>,
  close: () => Promise<unknown>,
  prefers: (problem: unknown) => boolean = () => false,
): Promise<T> {
  let value: T;
  try {
    value = await work();
  } catch (error) {
    await close().catch((problem: unknown) => {
      if (prefers(problem)) throw problem;
    });
    throw error;
  }
  await close();
  return value;
}

/** As `closeAfterwards`, for work whose outcome stays open: closes only when it failed. */
export async function closeOnFailure<T>(
  work: () => Promise<T>,
  close: (error: unknown) => Promise<unknown>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await close(error).catch(() => undefined);
    throw error;
  }
}

/** Work that is done once, however often it is asked for; after a failure the next call tries again. */
export function onceDone<T>(work: () => Promise<T>): () => Promise<T> {
  let doing: Promise<T> | null = null;
  return () => {
    doing ??= work().catch((error: unknown) => {
      doing = null;
      throw error;
    });
    return doing;
  };
}
