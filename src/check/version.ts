/** The version of this package, as package.json states it; a test compares them. */
export const toolVersion = (): string => '0.1.0';
