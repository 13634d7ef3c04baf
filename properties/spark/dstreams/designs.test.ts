import { designs } from '../../../models/spark/dstreams/designs/index.ts';
import { directDefaults, receiverDefaults } from '../../../models/spark/dstreams/index.ts';
import { holdDesigns } from '../hold-designs.ts';
import { subjects } from './index.ts';

const sound = { direct: directDefaults, receiver: receiverDefaults };

holdDesigns('the known-bad designs of DStreams', designs, sound, subjects);
