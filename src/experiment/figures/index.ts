/** Figures of an experiment, from its rows. It loads what draws: import it only to draw. */
export { lossFigure, recoveryFigure, throughputFigure } from './against.ts';
export { latencyFigure } from './latency.ts';
export { phasesFigure, workerPhasesFigure } from './phases.ts';
export { sensitivityFigure } from './sensitivity.ts';
export { type RunToShow, timelineFigure } from './timeline.ts';
export { tradeFigure } from './trade.ts';
