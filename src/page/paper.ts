/** Is the page drawn for paper? Then everything is unfolded, and nothing is there to press. */
import { createContext } from 'preact';

export const OnPaper = createContext(false);
