/** `1,234,567` */
export const group = (count: number): string => count.toLocaleString('en-US');
