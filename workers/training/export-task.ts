import type { PredictionExport } from '../api/training.ts';
import { task } from '../engine/context.ts';
import type { ExportRequest } from './export-predictions.ts';

/** Writes a run's predictions to a file. */
export const exportTask = task<ExportRequest, PredictionExport>('training.export-predictions');
