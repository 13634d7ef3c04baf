/** Small words that the claims about Spark share. */
/** How often `value` is among `values`. */
export const count = <T>(values: readonly T[], value: T): number =>
  values.filter((one) => one === value).length;
