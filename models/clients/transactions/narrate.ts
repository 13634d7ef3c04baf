export const narrate = null;
export const evidence = null;
