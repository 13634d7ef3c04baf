/** A thread that does runs. */
export { work as default } from './runs.ts';
