/** Monitoring outputs of simulated runs, and the dashboard and alert rules that go with them. */
export { type ExpositionFormat, exposition, type RunLabels } from './exposition.ts';
