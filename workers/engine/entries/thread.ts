import { exposeThread } from '../expose-thread.ts';
import { tasks } from './tasks.ts';

/** A thread of the compute process: one task after the other. */
exposeThread(tasks);
