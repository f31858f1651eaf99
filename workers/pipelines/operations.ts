import type { Json } from '../api/common.ts';
import { MedspanError } from '../api/errors.ts';
import type { ParsedRunSpec, RunDetail } from '../api/training.ts';
import { runSpec } from '../api/training.ts';
import type { CorpusService } from '../corpus/service.ts';
import type { EngineContext } from '../engine/context.ts';
import type { RegistryService } from '../registry/service.ts';
import type { TrainingService } from '../training/service.ts';
import { corpusFacts } from './corpus-facts.ts';
import type { Operation, Operations, TaskCall } from './operation.ts';
import { freeSnapshotName, templateSetNamed } from './queries.ts';

/** The services that the shipped operations call. */
export interface OperationServices {
  readonly corpus: CorpusService;
  readonly training: TrainingService;
  readonly registry: RegistryService;
}

/** How notes are split where there is no Production whose split could be followed. */
const firstSplit = { method: 'random', shares: { train: 0.7, dev: 0.1, test: 0.2 }, seed: 1 } as const;

/** The operations of the other areas, as tasks. */
export function createOperations({ db, jobs }: EngineContext, services: OperationServices): Operations {
  const { corpus, training, registry } = services;

  const clean: Operation = {
    kind: 'transaction',
    run(call) {
      const facts = corpusFacts(db, call.corpusId);
      call.log(
        `${facts.notes} notes, ${facts.annotated} annotated, ${facts.duplicates} with a text that stands elsewhere too, ${facts.empty} empty.`,
      );
      if (facts.annotated === 0) {
        throw new MedspanError('CANNOT_COMPUTE', 'No note of this corpus is annotated. Annotate some first.');
      }
      if (facts.duplicates > 0)
        call.log('Notes with the same text will stay together in one part of the split.');
      return { ...facts };
    },
  };

  const prepare: Operation = {
    kind: 'job',
    async run(call) {
      let snapshotId = asNumber(call.kept['snapshotId']);
      if (snapshotId === null) {
        const name = freeSnapshotName(db, call.corpusId);
        const snapshot = await corpus.createSnapshot({ corpusId: call.corpusId, name }, call.signal);
        snapshotId = snapshot.id;
        call.keep({ snapshotId });
        call.log(`Snapshot “${snapshot.name}”: ${snapshot.noteCount} notes, ${snapshot.spanCount} spans.`);
      }
      const like = production();
      const { method, shares, seed } = like === null ? firstSplit : corpus.split(like.splitId);
      const split = corpus.createSplit({ snapshotId, name: 'retraining', method, shares, seed });
      const { train, dev, test } = split.counts;
      call.log(
        `Split ${method === 'source' ? 'as the source says' : `with seed ${seed}`}: ${train} train, ${dev} dev, ${test} test.`,
      );
      return { snapshotId, splitId: split.id };
    },
  };

  function specFor(call: TaskCall): ParsedRunSpec {
    const splitId = needNumber(call.output('corpus.prepare')['splitId'], 'splitId');
    const like = production();
    return runSpec.parse({
      splitId,
      templateSetId: templateSetNamed(db, like?.templateSetName ?? null),
      ...(like === null ? {} : { parameters: like.parameters, seed: like.seed }),
    });
  }

  /** The run behind Production: retraining keeps its settings, so that only the data differ. */
  function production(): RunDetail | null {
    const version = registry.productionVersion();
    return version === null ? null : training.run(version.runId);
  }

  const features: Operation = {
    kind: 'job',
    async run(call) {
      const estimate = await training.handlers['training.estimate'](specFor(call), { signal: call.signal });
      call.log(
        `${estimate.tokens} tokens give ${estimate.attributes} attributes and ${estimate.weights} weights; training needs about ${Math.round(estimate.memoryBytes / 1e6)} MB.`,
      );
      for (const warning of estimate.warnings) call.log(warning);
      if (estimate.memoryBytes > estimate.freeMemoryBytes) {
        throw new MedspanError(
          'CANNOT_COMPUTE',
          'Training would need more memory than is free. Close other programs, or raise the minimum frequency of attributes.',
        );
      }
      return {
        attributes: estimate.attributes,
        weights: estimate.weights,
        memoryBytes: estimate.memoryBytes,
      };
    },
  };

  const train: Operation = {
    kind: 'job',
    async run(call) {
      const kept = asNumber(call.kept['runId']);
      if (kept !== null && training.run(kept).state === 'finished') return { runId: kept };
      const { runId, jobId, done } = training.startRun(specFor(call));
      call.keep({ runId });
      call.log(`Run ${runId} started.`);
      await waitFor(call.signal, jobId, done);
      const run = training.run(runId);
      call.log(
        `Run ${runId} finished after ${run.iterations ?? 0} iterations, ${Math.round(run.trainSeconds ?? 0)} s.`,
      );
      return { runId };
    },
  };

  /** Waits for a job; cancelling the pipeline cancels the job too. */
  async function waitFor(signal: AbortSignal, jobId: number, done: Promise<unknown>): Promise<void> {
    const cancel = (): void => jobs.cancel(jobId);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await done;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  const evaluate: Operation = {
    kind: 'transaction',
    run(call) {
      const run = training.run(needNumber(call.output('training.train')['runId'], 'runId'));
      const production = registry.productionVersion();
      const before = production === null ? null : training.run(production.runId).testSpanF1;
      call.log(`Strict span F1 on its test part: ${format(run.testSpanF1)}.`);
      call.log(
        production === null
          ? 'There is no Production to compare with.'
          : `Production (${production.name}) scored ${format(before)} on its own test part; the gates compare both on the same notes.`,
      );
      return { testSpanF1: run.testSpanF1, productionTestSpanF1: before };
    },
  };

  const validate: Operation = {
    kind: 'job',
    async run(call) {
      const runId = needNumber(call.output('training.train')['runId'], 'runId');
      const version = registry.register(runId, { description: 'Made by the retraining pipeline.' });
      call.keep({ modelVersionId: version.id });
      call.log(`${version.name} registered; the gates of Staging run.`);
      const { id: jobId, done } = registry.runGates(version.id, 'Staging');
      await waitFor(call.signal, jobId, done);
      const { green, red } = await done;
      const blocked = registry.blocked(version.id, 'Staging');
      call.log(
        blocked === null
          ? `All ${green} gates are green. ${version.name} waits for promotion.`
          : `${red} of ${green + red} gates are red; ${version.name} stays a candidate. ${blocked}`,
      );
      return { modelVersionId: version.id, version: version.name, green, red, ready: blocked === null };
    },
  };

  return {
    'corpus.clean': clean,
    'corpus.prepare': prepare,
    'training.features': features,
    'training.train': train,
    'training.evaluate': evaluate,
    'registry.validate': validate,
  };
}

const asNumber = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

function needNumber(value: Json | undefined, name: string): number {
  if (typeof value === 'number') return value;
  throw new MedspanError(
    'CANNOT_COMPUTE',
    `An earlier task left no ${name}. Run the pipeline from its start.`,
  );
}

const format = (score: number | null): string => (score === null ? 'not scored' : score.toFixed(3));
