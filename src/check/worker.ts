/** A thread that does jobs. */
export { work as default } from './runner.ts';
