import { designs } from '../../../models/spark/core/designs/index.ts';
import {
  lineageDefaults,
  outputDefaults,
  persistenceDefaults,
} from '../../../models/spark/core/index.ts';
import { holdDesigns } from '../hold-designs.ts';
import { subjects } from './index.ts';

const sound = {
  lineage: lineageDefaults,
  output: outputDefaults,
  persistence: persistenceDefaults,
};

holdDesigns('the known-bad designs of Spark core', designs, sound, subjects);
