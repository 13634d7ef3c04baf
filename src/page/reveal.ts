/** A link to a folded part of the page unfolds it. */

/** Unfolds what the address names, now and whenever it changes. @returns what ends that. */
export function reveal(): () => void {
  const unfold = (): void => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
    target?.scrollIntoView();
  };
  unfold();
  addEventListener('hashchange', unfold);
  return () => removeEventListener('hashchange', unfold);
}
