import 'server-only';

/**
 * What is there within a moment, else null. For parts of a page that are better left out than waited for, and that would
 * move the page if they came later.
 */
export async function soon<T>(value: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([value, patience]);
  } finally {
    clearTimeout(timer);
  }
}
